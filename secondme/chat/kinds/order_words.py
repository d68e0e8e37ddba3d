"""Orders to the memory ("forget …", "remember that …", "stop watching …") and questions about the assistant itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.chat.question_words import pattern
from secondme.facts.phrases import any_of

Deed: TypeAlias = Literal["forget", "erase", "stop watching", "remember", "remind", "keep nothing", ""]
About: TypeAlias = Literal["who", "ability", "acquaintance", "place", "privacy", "program", ""]

_ASKED_FOR = (
    r"^\W*((<LEAD>|can you|could you|would you|will you|you can|you should|you may|i want you to|i'd like you to"
    r"|i would like you to|i need you to|go ahead and|just|now|kindly)\b[\s,:;.–—-]*)*"
)
_NOT = "(don't|do not|dont|never)"
_NOTE = any_of("""
    note to self, remember, note, memori[sz]e, keep in mind, bear in mind, make a note( of)?,
    write( this| it| that)? down,
    note( this| it)? down, jot( this| it)? down, please note
""")
_LOOKS = any_of("watching, indexing, reading, following, scanning")
_OF_MEMORY = any_of("""
    note, message, chat, memory, memories, entry, fact, what (i|you), that i, everything (i|about|you),
    (bit|part|thing|stuff) (about|where|on)
""")
_DEEDS: tuple[tuple[Deed, str], ...] = (
    ("keep nothing", rf"{_NOT} (remember|keep|save|store|record|note|memori[sz]e|write down)\b[\s,:]*(?P<x>.*)"),
    ("keep nothing", r"(this is |keep (this|that|it) |that's |that is )?off the record\b[\s,:]*(?P<x>.*)"),
    ("remember", rf"{_NOT} (ever )?forget( that|:)?\b(?! to\b)[\s,:]*(?P<x>.+)"),
    ("remind", rf"{_NOT} (let me )?forget to (?P<x>.+)"),
    ("remind", r"remind me( again)?(?P<x> (to|that|about|of|on|in|at|tomorrow|tonight|next|when i)\b.+)"),
    ("remind", r"set (me )?(an? |the )?(alarm|reminder|timer)\b( for| to)?(?P<x>.+)"),
    ("remember", rf"{_NOTE}( that|:|,)?(?!\w)[\s,:]*(?P<x>.+)"),
    ("stop watching", rf"(stop|quit) {_LOOKS}\b(?P<x>.*)"),
    ("stop watching", rf"{_NOT} (watch|index|read|scan)\b(?P<x>.*)( any ?more)"),
    ("erase", r"(erase|purge|wipe|destroy|permanently (delete|remove))\b(?P<x>.*)"),
    ("forget", r"(delete|unlearn)\b(?P<x>.+)"),
    ("forget", rf"(remove|hide|drop|scrap|get rid of|throw (away|out)|take back)\b(?P<x>.*\b{_OF_MEMORY}\b.*)"),
    ("forget", r"forget\b(?P<x>.+)"),
    ("forget", r"(scratch|strike) that\b(?P<x>)(?=\W*$)"),
    ("forget", r"(undo|cancel|revert|take back) (?P<x>that|this|it)(?=\W*$)"),
)
_ASKS_TO_REMIND = pattern(
    r"^ ((of|about)\b.*\?\W*$|of (the|my|our|his|her|their|what|who|when|where|how)\b"
    r"(?!.*(\d|day\b|tomorrow|tonight|morning|evening|week|month|later)))"
)
"""What one asks to be told ("remind me of the date?"), where "remind me of the dentist on Monday" is an order."""
_DISMISSED = pattern(r"^\W*((<LEAD>)\b[\s,]*)*(forget|drop|scrap) (about )?it( all)?( then| for now)?\W*$")
_TALKS_TO_SOMEBODY = pattern(r"\bremember (when|how|the time|our|us)\b.*\?\W*$")
_ABOUT: tuple[tuple[About, str], ...] = (
    (
        "who",
        r"""
        (who|what)( exactly| the hell)? (are|r) (you|u), what('s| is|s) your name, what are you called,
        do you have a name,
        are you (an? )?<MACHINE>( or .+)?, who (made|built|wrote|created|programmed|owns) you, introduce yourself,
        am i talking to (an? )?\w+, wer bist du, wie hei(ß|ss)t du, was bist du, qui es-tu, tu es qui,
        comment tu t'appelles, quién eres, cómo te llamas, chi sei, quem é você, kimsin, kim jesteś, кто ты,
        你是谁, 你叫什么(名字)?, 你是什么, あなたは誰(ですか)?, 너는 누구(야|니)
        """,
    ),
    (
        "ability",
        r"""
        what (can|could|do) you (do|know how to do)( for me)?, how (can|could) you help( me)?,
        what are you (for|good for|good at), how do you (work|function), how do i use (you|this),
        what (can|should|could) i (ask|tell|say to) you, help, can you help( me)?, how does this work,
        what is this( thing| app| program)?, was kannst du( alles| für mich tun)?, wie funktionierst du,
        que sais-tu faire, que peux-tu faire( pour moi)?, qué puedes hacer, qué sabes hacer,
        你(能|会|可以)(做|干|帮我做)?(些|点)?什么, 你有什么用
        """,
    ),
    (
        "acquaintance",
        r"""
        do you (still )?(remember|know|recogni[sz]e) (me|who i am)( still)?, remember me, do you know my name,
        who am i( to you)?, have we met, kennst du mich( noch)?, erinnerst du dich an mich, tu te souviens de moi,
        te acuerdas de mí, 你(还)?(认识|记得)我(吗)?, 你知道我是谁吗
        """,
    ),
    (
        "place",
        r"""
        where (is|are) (all )?<MINE>( kept| stored| saved| held| located)?( exactly)?,
        where (does|do) (all )?<MINE> (go|live|end up), where do you (keep|store|save|put) (all )?<MINE>,
        where (is|are) (this|all this|it|everything)( all)? (kept|stored|saved),
        where do you (keep|store|save|put) (this|it|that|everything|all this|what i (say|tell you)),
        wo (sind|werden|liegen) meine daten( gespeichert)?, où sont (gardées |stockées )?mes données,
        dónde (están|se guardan) mis datos, 我的(数据|资料|信息)(存|保存|放)?在哪(里|儿)?
        """,
    ),
    (
        "privacy",
        r"""
        (are|do|will|would|can) you (ever |going to )?<PASSES_ON> <SOME>\b.*,
        (is|are) <ALL>( all)? (private|secret|safe|secure|confidential|encrypted)( here)?,
        (is|are) <ALL>( being)? (sent|shared|uploaded|sold)\b.*,
        (can|does|will|could) <OTHERS>( else)? (see|read|hear|access|get|find) <ALL>\b.*,
        who( else)? (can|could) (see|read|access) <ALL>\b.*,
        do you (spy|listen|eavesdrop)( on me| in)?,
        are you (listening|recording|online|connected)( to (me|the internet))?,
        (schickst|sendest|gibst|teilst) du (das|meine daten|etwas)\b.*, envoies-tu\b.*, (envías|compartes)\b.*,
        你会(把|将).*(发|传|给|告诉).*, (这|我的).*(安全|保密|私密)吗
        """,
    ),
    (
        "program",
        r"""
        how old are you, where (are you|do you come) from, where do you live, when were you (born|made),
        where were you (born|made), do you have (feelings|friends|a family|a life|a body|dreams|fun),
        do you (sleep|eat|dream|feel( \w+)?|get (tired|bored|lonely)|love me|like me|hate me|think),
        are you (happy|sad|tired|bored|lonely|alive|conscious|single|married|awake|angry),
        what('s| is|s) your favou?rite \w+( \w+)?, tell me (a joke|about yourself)
        """,
    ),
)
_PHRASES = {
    "MACHINE": any_of("""
        ai, bot, robot, human, person, real, chatgpt, gpt, computer, program, machine, assistant, llm, language model
    """),
    "MINE": r"(my|the|this|your|our) (data|memory|memories|notes|stuff|messages|words|information|info|things)",
    "SOME": "(this|that|it|these|my|any|anything|everything|all|data)",
    "ALL": "(this|that|it|these|everything|<MINE>|(this|my|our) (chats?|conversations?))",
    "PASSES_ON": r"(send|share|upload|sell|leak|tell|pass|report|sending|sharing|uploading|selling|leaking|passing)",
    "OTHERS": any_of("anyone, anybody, someone, somebody, others?, other people, google, openai, the internet"),
}
_ORDERS = tuple((deed, pattern(_ASKED_FOR + words)) for deed, words in _DEEDS)
_QUESTIONS = tuple(
    (
        about,
        pattern(rf"^\W*(<LEAD>\b[\s,:;.–—-]*)*{any_of(words)}(<TAIL>|[\s,]+<TAIL>|[啊呀呢吗])*[\s?？.!]*$", _PHRASES),
    )
    for about, words in _ABOUT
)


@dataclass(frozen=True)
class Order:
    """What is ordered, of what. False where nothing is ordered."""

    deed: Deed = ""
    of: str = ""

    def __bool__(self) -> bool:
        return bool(self.deed)

    @property
    def keeps(self) -> bool:
        """Whether it tells something to be kept."""
        return self.deed in ("remember", "remind")


def order(text: str) -> Order:
    """What a message orders the memory to do."""
    if _DISMISSED.match(text) or _TALKS_TO_SOMEBODY.search(text):
        return Order()
    for deed, rule in _ORDERS:
        match = rule.match(text)
        if match and not (deed == "remind" and _ASKS_TO_REMIND.search(match["x"])):
            return Order(deed, (match.groupdict().get("x") or "").strip(" \n:,"))
    return Order()


def about_assistant(text: str) -> About:
    """What a message asks about the assistant itself; nothing for any other message."""
    return next((about for about, rule in _QUESTIONS if rule.match(text)), "")
