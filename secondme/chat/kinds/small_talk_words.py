"""Small talk: greetings, thanks, farewells, praise, remarks on the weather. It tells nothing and asks for nothing."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from secondme.chat.question_words import pattern
from secondme.facts.phrases import Pattern, any_of

Talk: TypeAlias = Literal[
    "night", "farewell", "thanks", "well-being", "greeting", "praise", "remark", "sorry", "fine", ""
]

_FILLER = any_of("""
    mate, man, love, dear, friend, my friend, buddy, pal, bro, dude, habibi, darling, everyone, all, you, so much,
    very much, a lot, a bunch, a million, again, then, there, now, today, tonight, tomorrow, later, soon, for now,
    for today, for that, for your help, for the help, for everything, oh, ah, aw, well, ok, okay, and, really, very,
    indeed, that will do, that'll do, that will be all, that'll be all,
    that's it, that is it, that's all, that is all, of you, kindly, have a, very kind, is all, good, 呀,
    啊, 啦,
    了, 你, 您, 哦, 吧, sehr, vielen, schönen, besten, dir, ihnen, beaucoup, muchas, mille, tante, bien, x, xx, xxx
""")
_WORDS: tuple[tuple[Talk, str], ...] = (
    (
        "night",
        "good ?night, night night, nighty night, sleep well, gute nacht, bonne nuit, buenas noches, dobranoc, 晚安",
    ),
    (
        "farewell",
        """
        bye, bye bye, goodbye, good-bye, see you, see ya, cya, ttyl, talk later, talk soon, talk to you later,
        take care,
        cheerio, so long, have a (nice|good|great|lovely) (day|evening|weekend|one|night|week|time),
        enjoy your (day|evening|weekend), until next time, tschüss, bis bald, bis dann, bis morgen, auf wiedersehen,
        au revoir, à bientôt, adiós, hasta luego, arrivederci, tot ziens, do widzenia, пока, 再见, 拜拜, 回头见,
        明天见
        """,
    ),
    (
        "thanks",
        """
        thanks?, thank you, thank u, thanx, thx, ty, tysm, tyvm, ta, cheers, much appreciated, appreciate it,
        appreciated,
        i appreciate (it|that), much obliged, many thanks, most kind, how kind, that's kind, so kind, bless you,
        danke,
        dankeschön, danke schön, dank, merci, gracias, obrigad[oa], grazie, dank je, bedankt, dzięki, dzieki, dziękuję,
        спасибо,
        teşekkürler, sağol, shukran, shokran, شكرا, 谢谢, 多谢, 感谢, ありがとう, ありがとうございます, 감사합니다,
        고마워
        """,
    ),
    (
        "well-being",
        """
        how are you( doing)?, how are things, how is it going, how's it going, hows it going, how do you do,
        how have you been, you ok, you okay, you alright, what's up, whats up, sup, wie geht's, wie geht es dir,
        ça va,
        comment ça va, qué tal, cómo estás, 你好吗, 最近好吗
        """,
    ),
    (
        "greeting",
        """
        hi, hello, hey, hiya, hullo, heya, yo, howdy, g'day, greetings, good (morning|afternoon|evening|day), morning,
        evening, it's me( again)?, its me( again)?, hallo, guten (morgen|tag|abend), moin, servus, bonjour, salut,
        bonsoir, coucou, hola, buenos días, buenas tardes, olá, ciao, buongiorno, cześć, dzień dobry, привет, merhaba,
        salam, marhaba, مرحبا, 你好, 您好, 嗨, 早上好, 早, 早安, こんにちは, おはよう, 안녕하세요, anyone there,
        are you there
        """,
    ),
    ("sorry", "sorry, apologies, my apologies, my bad, oops, whoops, pardon, excuse me, 对不起, 抱歉, 不好意思"),
    (
        "praise",
        """
        (good|great|nice) (job|one|work|stuff|answer), well done, bravo, brilliant, amazing, awesome, perfect,
        excellent, wonderful, fantastic, great, nice, cool, neat, sweet, lovely, legend, star, champion, genius,
        lifesaver, you rock, you rule, love it, clever, impressive, super, toll, prima, genial,
        génial, 太好了, 真棒, 厉害, 棒
        """,
    ),
    (
        "fine",
        """
        ok, okay, okey, k, kk, right, alright, all right, sure, fine, yes, yep, yeah, yup, no, nope, nah, good,
        got it,
        i see, understood, noted, makes sense, fair enough, never mind, nevermind, nvm, forget it, forget about it,
        lol,
        haha+, hehe+, ha, hm+, mhm, wow, oh, ah, indeed, true, exactly, absolutely, of course, no worries, no problem,
        np, whatever, anyway, dobra, dobrze, gut, genau, ja, nein, d'accord, oui, vale, sí, 好, 好的, 嗯, 行, 知道了,
        明白了, 哈哈+
        """,
    ),
)
_PIECES: tuple[tuple[Talk, Pattern], ...] = tuple(
    (talk, pattern(rf"(?<![^\W一-鿿]){any_of(words)}(?![^\W一-鿿])")) for talk, words in _WORDS
)
_WHOLE = pattern(
    rf"^(\W|_)*(({'|'.join(any_of(words) for _, words in _WORDS)}|{_FILLER})((?=[一-鿿])|(?!\w))(\W|_)*)+$"
)
_GOOD = any_of("""
    star, legend, best, gem, angel, hero, lifesaver, genius, champ, champion, treasure, wonder, alright, all right,
    great,
    good, nice, kind, brilliant, amazing, awesome, clever, smart, sweet, wonderful, lovely, helpful, funny, cool,
    rock, rule
""")
_PRAISE = (
    pattern(
        r"^\W*((and|but|ok|oh|well|thanks|thank you) )*(you|u)('re| are|r|re| r)?"
        rf"( really| truly| just| such| so| very| quite| an?| the)* {_GOOD}( one| help| friend| memory| thing)?"
        r"( you know( that)?| really| indeed)?\W*$"
    ),
    pattern(
        r"^\W*((that|this|it)('s| is| was)?) (so |very |really |most )*(helpful|kind|nice|great|good|useful|perfect)"
        r"( of you)?\W*$"
    ),
    pattern(r"^\W*(so |very |most |how )*(kind|nice|sweet|good|thoughtful|clever) of you\W*$"),
    pattern(r"^\W*(what would i do without you|i (love|like) you)\W*$"),
)
_SKY = any_of("""
    weather, frost, rain, sun, sunshine, snow, fog, mist, wind, breeze, heat, cold, sky, sunset, sunrise, morning,
    evening, afternoon, day, night, storm, thunder, drizzle, spring, autumn, summer, winter, out, outside, today
""")
_FEELS = any_of("""
    lovely, beautiful, gorgeous, glorious, nice, horrible, awful, dreadful, terrible, miserable, grim, cold, hot,
    warm,
    chilly, freezing, foggy, windy, rainy, sunny, wet, grey, gray, bright, mild, muggy, stormy, fine, bitter, crisp,
    perfect, boiling, raining, snowing, pouring, nasty, foul, wonderful
""")
_TAG = r"(,? (isn|wasn|doesn|didn|hasn|ain|won|aren)'?t (it|they|he|she)|,? innit|,? eh|,? right|,? no|,? huh)?\W*$"
_IT_IS = r"^\W*((it|the weather|that)('s| is| was) )"
_WEATHER = (
    pattern(rf"{_IT_IS}?(what an? |such an? |such )?(\w+ ){{0,2}}{_FEELS}( \w+){{0,3}} {_SKY}( \w+){{0,2}}{_TAG}"),
    pattern(rf"{_IT_IS}(\w+ )?{_FEELS}( \w+){{0,3}}{_TAG}"),
    pattern(rf"{_IT_IS}?(\w+ ){{0,2}}{_FEELS} (out(side)?|today|again|this morning)( today)?{_TAG}"),
)
_TELLS = re.compile(r"\b(?i:i|i['’]m|im|my|we|our|me)\b|\d|\s[A-Z][a-z]")
"""What makes a remark about a day more than that: whose day it was, or where."""
_EMOJI_ONLY = re.compile(r"[\W_]+")


def small_talk(text: str) -> Talk:
    """What sort of small talk a message is: the sort that asks most for a reply; nothing where it is more than that."""
    text = text.strip()
    if not text:
        return ""
    if _EMOJI_ONLY.fullmatch(text):
        return "fine" if not re.search(r"[?？؟]", text) else ""
    parts = [part for part in re.split(r"(?<=[.!?…;])\s+|\n+", text) if part.strip()]
    sorts = [_of_sentence(part) for part in parts]
    if not all(sorts):
        clauses = [clause for clause in re.split(r"[.!?…;,\n]+", text) if re.search(r"\w", clause)]
        sorts = [_of_sentence(clause) for clause in clauses]
    if not sorts or not all(sorts):
        return ""
    order: list[Talk] = [*(talk for talk, _ in _WORDS[:3]), "remark", *(talk for talk, _ in _WORDS[3:])]
    return min(sorts, key=order.index)


def is_small_talk(text: str) -> bool:
    """Whether a message greets, thanks or chats, and asks for nothing that memory could hold."""
    return bool(small_talk(text))


def _of_sentence(text: str) -> Talk:
    if _WHOLE.match(text):
        return next((talk for talk, words in _PIECES if words.search(text)), "fine")
    if any(rule.match(text) for rule in _PRAISE):
        return "praise"
    if not _TELLS.search(text) and any(rule.match(text) for rule in _WEATHER):
        return "remark"
    return ""
