"""Questions that yes or no answers, and what does not decide them.

A language shows them by what it begins or ends with, and by the words that ask for more, which are missing.
"""

from __future__ import annotations

import re

from secondme.chat.reader.choices import choice
from secondme.chat.reader.request import plain_question
from secondme.text.tongues import tongue

_BE = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|ain't|(?:is|are|was|were|do|does|did|has"
    r"|have|had)n't)"
)
_ENGLISH = re.compile(rf"(?i)^\W*(?:(?:so|and|but|ok|well|hey|um+|wait|actually|n|then)\b\W*)*{_BE}\b")
_OTHERS = (
    (
        "de",
        re.compile(
            r"(?i)^\W*(?:(?:und|aber|also|sag mal|ach)\b\W*)*"
            r"(?!(?:wer|was|wie|wo(?:hin|her|mit|von|für|zu|rauf|ran|rin|durch|bei)?|wann|wen|wem|warum|wieso|weshalb"
            r"|welche\w*|der|die|das|in|an|auf|mit|von|zu|bei|für|nach|seit|vor|aus|um|bis|und|aber|oder|dann|ob|als|wenn"
            r"|heute|gestern|morgen|jetzt|(?:mein|dein|sein|unser|kein|ein|dies)(?:e\w?)?)\b)"
            r"[a-zäöüß]+ (?:ich|du|er|sie|es|wir|ihr|man|der|die|das|(?:mein|unser)\w*|(?-i:[A-ZÄÖÜ])\w+)\b"
        ),
    ),
    (
        "fr",
        re.compile(
            r"(?i)^\W*(?:(?:et|mais|alors)\b\W*)*(?:est-ce qu|(?:\w+['’])?\w+-(?:t-)?(?:je|tu|il|elle|nous|on|ils)\b)"
        ),
    ),
    (
        "es",
        re.compile(
            r"(?i)^\W*(?:(?:y|pero|entonces)\b\W*)*(?:es|está|estoy|estamos|soy|somos|tengo|tenemos|tiene|hay|he|hemos|ha"
            r"|vivo|vivimos|sigo|seguimos|sigue|debo|puedo|trabajo|era|fue|me gusta|todavía|aún|ya)\b"
        ),
    ),
    ("zh", re.compile(r"(?:吗|嘛|没有?|不)\s*[?？。]*$|是不是|有没有|是否|会不会|能不能|要不要|还在不在")),
    ("ja", re.compile(r"(?:です|ます|ました|でした|ません|ている|てる|った)か?\s*[?？。]*$")),
)
_ASKS_MORE = re.compile(
    r"(?i)\b(?:qu[ié]\w*|où|quand|comment|combien|pourquoi|quels?|quelles?|dónde|cuándo|cómo|cuál\w*|cuánt\w+)\b"
    r"|什么|哪|谁|怎|多少|几|何|どこ|誰|いつ|なぜ|どう|いくら|どの|どれ"
)


def asks_yes_or_no(text: str) -> bool:
    """Whether yes or no answers a question: no request ("could you tell me the size"), no choice ("tea or coffee")."""
    language = tongue(text)
    if language != "en":
        rule = next((rule for name, rule in _OTHERS if name == language), None)
        return rule is not None and bool(rule.search(text)) and not _ASKS_MORE.search(text)
    return bool(_ENGLISH.match(plain_question(text))) and not choice(text)
