"""The sentences that the app itself says, in the languages in which they are well done; English for all others."""

from __future__ import annotations

from collections.abc import Mapping

from secondme.text.tongues import tongue

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "noted": {
        "en": "Noted.",
        "de": "Notiert.",
        "zh": "记下了。",
        "fr": "C’est noté.",
        "es": "Anotado.",
        "ja": "覚えておきます。",
    },
    "corrected": {
        "en": "Noted: {new} instead of {old}.",
        "de": "Notiert: {new} statt {old}.",
        "zh": "记下了：不是{old}，改为{new}。",
        "fr": "C’est noté : {new} au lieu de {old}.",
        "es": "Anotado: {new} en lugar de {old}.",
        "ja": "{old}ではなく{new}ですね。覚えておきます。",
    },
    "unknown": {
        "de": "Davon steht nichts in deinem Gedächtnis.",
        "zh": "你的记忆里没有提到这件事。",
        "fr": "Ta mémoire n’en dit rien.",
        "es": "Tu memoria no dice nada de eso.",
        "ja": "それについては記憶にありません。",
    },
    "said": {
        "en": "You said: ",
        "de": "Du hast gesagt: ",
        "fr": "Tu as dit : ",
        "es": "Dijiste: ",
        "it": "Hai detto: ",
        "pt": "Disseste: ",
        "nl": "Je zei: ",
        "zh": "你说过：",
    },
    "things": {
        "en": "{number} things:",
        "de": "{number} Einträge:",
        "zh": "{number} 条：",
        "fr": "{number} choses :",
        "es": "{number} cosas:",
        "it": "{number} cose:",
        "pt": "{number} coisas:",
        "nl": "{number} dingen:",
    },
    "off the record": {
        "en": "This chat is off the record: I do not keep that.",
        "de": "Dieses Gespräch wird nicht aufgezeichnet: Das behalte ich nicht.",
        "zh": "这段对话不作记录，我不会保存。",
        "fr": "Cette conversation n’est pas enregistrée : je ne garde pas cela.",
        "es": "Esta conversación no se guarda: no lo conservo.",
    },
    "greeting": {
        "en": "Hello. Tell me what to keep, or ask about anything that you have kept.",
        "de": "Hallo. Sag mir, was ich behalten soll, oder frag nach allem, was du behalten hast.",
        "zh": "你好。告诉我要记住什么，或者问我你记下的任何事。",
        "fr": "Bonjour. Dis-moi quoi garder, ou demande-moi ce que tu as gardé.",
        "es": "Hola. Dime qué guardar o pregúntame por lo que has guardado.",
    },
    "thanks": {
        "en": "You’re welcome.",
        "de": "Gern geschehen.",
        "zh": "不客气。",
        "fr": "Avec plaisir.",
        "es": "De nada.",
    },
    "farewell": {"en": "Goodbye.", "de": "Bis bald.", "zh": "再见。", "fr": "À bientôt.", "es": "Hasta pronto."},
    "night": {"en": "Good night.", "de": "Gute Nacht.", "zh": "晚安。", "fr": "Bonne nuit.", "es": "Buenas noches."},
    "well-being": {
        "en": "All is well here, thank you.",
        "de": "Hier ist alles gut, danke.",
        "zh": "一切都好，谢谢。",
        "fr": "Tout va bien ici, merci.",
        "es": "Todo bien por aquí, gracias.",
    },
    "praise": {"en": "Thank you.", "de": "Danke.", "zh": "谢谢。", "fr": "Merci.", "es": "Gracias."},
    "remark": {
        "en": "So you say; I can’t see it from here.",
        "de": "Das glaube ich dir; von hier aus sehe ich es nicht.",
        "zh": "听你这么说，我在这里看不到。",
        "fr": "Je te crois ; je ne le vois pas d’ici.",
        "es": "Te creo; desde aquí no lo veo.",
    },
    "sorry": {
        "en": "No harm done.",
        "de": "Kein Problem.",
        "zh": "没关系。",
        "fr": "Ce n’est rien.",
        "es": "No pasa nada.",
    },
    "fine": {"en": "All right.", "de": "Gut.", "zh": "好的。", "fr": "D’accord.", "es": "Vale."},
    "who": {
        "en": "I am Second Me, a program on this computer that keeps what you tell it and finds it again.",
        "de": "Ich bin Second Me, ein Programm auf diesem Rechner: Es behält, was du ihm sagst, und findet es wieder.",
        "zh": "我是 Second Me，这台电脑上的一个程序：记住你说的话，并帮你找回来。",
        "fr": "Je suis Second Me, un programme sur cet ordinateur qui garde ce que tu lui dis et le retrouve.",
        "es": "Soy Second Me, un programa en este ordenador que guarda lo que le cuentas y lo encuentra de nuevo.",
    },
    "ability": {
        "en": "Tell me something and I keep it; ask, and I answer from what you have kept and show where it says so.",
        "de": "Sag mir etwas, und ich behalte es; frag, und ich antworte aus dem, was du behalten hast, mit Belegen.",
        "zh": "你告诉我的事我会记住；你提问，我就根据你记下的内容回答，并给出出处。",
        "fr": "Dis-moi une chose et je la garde ; demande, et je réponds d’après cela, avec les sources.",
        "es": "Cuéntame algo y lo guardo; pregunta y respondo con lo que has guardado, indicando dónde está.",
    },
    "acquaintance": {
        "en": "I know of you what you have told me and kept here. “What do you know about me?” shows it.",
        "de": "Ich weiß von dir, was du mir gesagt und hier behalten hast. „Was weißt du über mich?“ zeigt es.",
        "zh": "我只知道你告诉过我、保存在这里的事。问“你知道我什么？”就能看到。",
        "fr": "Je sais de toi ce que tu m’as dit et gardé ici. « Que sais-tu de moi ? » le montre.",
        "es": "Sé de ti lo que me has contado y guardado aquí. «¿Qué sabes de mí?» lo muestra.",
    },
    "place": {
        "en": "Everything is in a folder on this computer, and nowhere else. `secondme status` shows which.",
        "de": "Alles liegt in einem Ordner auf diesem Rechner und sonst nirgends. `secondme status` zeigt, in welchem.",
        "zh": "所有内容都在这台电脑的一个文件夹里，别处没有。`secondme status` 会显示是哪个。",
        "fr": "Tout est dans un dossier de cet ordinateur, et nulle part ailleurs. `secondme status` montre lequel.",
        "es": "Todo está en una carpeta de este ordenador y en ningún otro sitio. `secondme status` muestra cuál.",
    },
    "privacy": {
        "en": "Nothing is sent to anyone: your memory stays on this computer. Only if you yourself set up a model on "
        "another machine does that one read your questions.",
        "de": "Nichts wird verschickt: Dein Gedächtnis bleibt auf diesem Rechner. Nur wenn du selbst ein Modell auf "
        "einem anderen Rechner einrichtest, liest jenes deine Fragen.",
        "zh": "什么都不会发给别人：你的记忆只留在这台电脑上。除非你自己设置了别的机器上的模型，它才会读到你的问题。",
        "fr": "Rien n’est envoyé à personne : ta mémoire reste sur cet ordinateur. Seul un modèle que tu installerais "
        "toi-même sur une autre machine lirait tes questions.",
        "es": "No se envía nada a nadie: tu memoria se queda en este ordenador. Solo un modelo que tú mismo pongas en "
        "otra máquina leería tus preguntas.",
    },
    "program": {
        "en": "I am a program: I have no life of my own to tell of. Ask me about what you have kept.",
        "de": "Ich bin ein Programm und habe kein eigenes Leben, von dem ich erzählen könnte.",
        "zh": "我是一个程序，没有自己的生活可讲。",
        "fr": "Je suis un programme : je n’ai pas de vie à raconter.",
        "es": "Soy un programa: no tengo vida propia que contar.",
    },
}


def own_words(key: str, message: str, **values: str) -> str:
    """A sentence in the language of a message, else in English; empty where it is not written in either."""
    written = SENTENCES[key]
    return written.get(tongue(message), written.get("en", "")).format(**values)
