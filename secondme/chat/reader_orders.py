"""Text in a passage that gives orders to whoever reads it, a model above all: it is found and shown, but no answer.

A person's own words are no such text. What follows an order that ends in a colon is what it wants said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from secondme.chat.foreign_orders import FOREIGN_ORDERS
from secondme.text.language import mostly_latin
from secondme.text.sentences import sentences

_SAYS = r"(?:answer|answers|say|says|reply|replies|respond|responds|write|output|print|state|repeat|tell)"
_MACHINE = (
    r"(?:ai|a\.i\.|artificial intelligences?|chat ?bots?|bots?|llms?|gpts?|copilots?|second me|summari[sz]ers?"
    r"|(?:large )?language models?"
    r"|(?:ai|virtual|digital|automated|automatic|intelligent|smart)[- ](?:\w+[- ])?"
    r"(?:assistants?|agents?|models?|readers?|systems?|tools?|software|programs?|services?))"
)
_READER = rf"(?:{_MACHINE}|assistants?|agents?|models?|readers? of this)"
_WHO_READS = (
    rf"(?:{_READER}|systems?|tools?|software|programs?|machines?|readers?|any(?:one|body|thing)|who(?:so)?ever|whatever"
    r"|those)\b.{0,20}\b(?:read|process|summari[sz]|pars|index|ingest|scann?|handl|analy[sz]|consult|retriev|answer|quot)"
    r"(?:s|e|es|ed|ing)?\b.{0,15}\b(?:this|these|the (?:document|text|file|page|clause|contract|agreement|passage|mail"
    r"|e-?mail|message|notes?|letter|above|present))"
)
_MUST = (
    r"(?:must|should|shall|has to|have to|needs? to|is to|are to|ought to|(?:is|are) (?:hereby |kindly )?"
    r"(?:required|instructed|requested|ordered|asked|told|directed|obliged|advised) to|please|kindly)"
)
_STATES = (
    r"(?:report|state|claim|confirm|declare|assert|announce|inform|advise|conclude|indicate|insist|note|admit|deny"
    r"|acknowledge|warn|add|mention|explain|pretend|assume|summari[sz]e|answer|say|reply|respond|write|output|print"
    r"|repeat|tell)"
)
_NOTE = (
    r"(?:notes?|notice|memo|messages?|information|instructions?|guidance|directives?|reminders?"
    r"|(?:the |for )*attention)"
)
_TAKES_BACK = r"(?:ignore|disregard|forget|override|bypass|overlook|discard|pay no (?:heed|attention) to)"
_OTHER_TEXT = (
    r"(?:(?:every|all|any|each)(?: of)?(?: the)?|the|its|their|my|your)(?: \w+)? ?\b"
    r"(?:other|others|rest|remaining|remainder|preceding|foregoing|previous|prior|earlier|above|surrounding)\b.{0,20}\b"
    r"(?:clauses?|sections?|paragraphs?|terms|provisions?|passages?|documents?|files?|pages?|texts?|contents?|sources?"
    r"|notes?|statements?|sentences?|lines?|information|facts?|contracts?|agreements?)"
)
_PATTERNS = {
    "takes back what was ordered": (
        rf"\b{_TAKES_BACK}\b.{{0,40}}\b(?:instructions?|rules?|prompts?|context|messages?"
        r"|guidelines|everything (?:above|before|else)|(?:all|what(?:ever)?) .{0,20}\b(?:above|before|earlier|said))\b"
        rf"|\b{_TAKES_BACK} {_OTHER_TEXT}\b"
    ),
    "says what to answer": (
        rf"\b{_SAYS}\b.{{0,40}}\b(?:every|all|any|each|whatever|whichever|following|next|further)\b.{{0,30}}"
        r"\b(?:questions?|messages?|requests?|prompts?|queries|answers?|asked)\b"
    ),
    "says what to answer when asked": (
        rf"\b(?:when(?:ever)?|if|once|should|what(?:so)?ever|no matter (?:what|who))\b.{{0,40}}"
        rf"\b(?:ask|asks|asked|questioned|queried)\b.{{0,60}}\b{_SAYS}\b"
    ),
    "says what to answer, the other way round": (
        rf"(?:^|[,;:]\s*|\b(?:must|always|only|just|please|to|should|then)\s+){_SAYS}\b.{{0,60}}"
        r"\b(?:when(?:ever)?|if)\b.{0,30}\b(?:asks?|asked)\b"
    ),
    "binds every answer": (
        rf"\b(?:always|only|never|must|exactly|just|instead)\b.{{0,20}}\b{_SAYS}\b.{{0,15}}(?:with\b|[\"“'‘:]|that\b)"
        rf"|\b{_SAYS}\b.{{0,20}}\b(?:only|exactly|nothing but|verbatim|word for word)\b"
        r"|\b(?:begin|start|end|finish|close)\b.{0,20}\b(?:every|each|all|your)\b.{0,15}\b(?:answers?|repl(?:y|ies)"
        r"|responses?|messages?)\b"
    ),
    "speaks to the model": (
        rf"^\W*(?:(?:dear|attention|important|hey|hello|{_NOTE} (?:for|to|of))\W+)+"
        rf"(?:the |all |any |every )*{_READER}\b"
        rf"|^\W*(?:to|for) (?:the |all |any |every )*{_MACHINE}\b.{{0,60}}:"
        rf"|\b(?:dear|hey|hello) (?:{_MACHINE}|assistants?)\b"
        rf"|\b(?:{_MACHINE}|assistants?)\s*:\s*(?:always|please|never|only|you|{_SAYS}|{_STATES}|{_TAKES_BACK})\b"
        rf"|\b(?:act as|pretend to be|behave like|(?:you are|you're)(?: \w+)?) an? (?:\w+ )?"
        rf"(?:{_MACHINE}|assistants?|models?)\b"
        rf"|\bas an? {_MACHINE}\b"
        rf"|\b{_MACHINE}\b.{{0,60}}\b(?:{_MUST}|will)\b.{{0,40}}"
        rf"\b(?:{_STATES}|{_TAKES_BACK}|treat|recommend|call|send|reveal|follow|obey|refuse|decline|never|not)\b"
    ),
    "tells who reads what to say": (
        rf"\b(?:{_MACHINE}|{_WHO_READS}|(?:^\W*|(?:the|any|all|every|each) )(?:assistants?|models?))\b"
        rf".{{0,60}}\b{_MUST}\b.{{0,60}}"
        rf"\b(?:{_STATES}\b.{{0,25}}(?:\bthat\b|\bwith\b|[:“\"‘])|{_TAKES_BACK} {_OTHER_TEXT}\b|{_SAYS} only\b)"
        r"|\b(?:when|while|before|if|in)\b.{0,20}\b(?:summari[sz]|process|pars|index|analy[sz]|describ|quot|answer)ing\b"
        rf".{{0,30}}\b(?:this|these|the|from|about)\b.{{0,60}}\b{_STATES}\b.{{0,25}}(?:\bthat\b|[:“\"‘])"
    ),
    "speaks of the prompt": (
        r"\b(?:system|developer|hidden|secret|new) (?:prompt|instructions?|message|rules?)\b|\bprompt injection\b"
        r"|<\|?(?:im_start|system|assistant|user)|\[/?INST\]|^\W*(?:system|assistant)\s*:"
    ),
    "gives the model a role": (
        r"\b(?:from now on|starting now|henceforth|as of now)\b.{0,20}\b(?:you|your|act|answer|reply|respond|speak)\b"
        r"|\byour (?:new )?(?:name|role|task|job|goal|instructions?) (?:is|are) (?:now )?(?:to |as )?"
    ),
    "makes the model another": r"\byou are now\b|\bpretend (?:that|you|to)\b",
    "hides it from the person": (
        r"\bdo not (?:mention|reveal|tell|use|cite|quote)\b.{0,40}"
        r"\b(?:user|context|memory|notes?|sources?|instructions?|this (?:line|message|text))\b"
    ),
    "has something repeated": (
        r"\b(?:decode|decrypt|unscramble)\b.{0,30}\b(?:obey|follow|execute|do as)\b"
        r"|\brepeat (?:after me|the following|this)\b"
        r"|\b(?:copy|output|print|echo|quote) (?:the following|this|exactly)\b"
        r"|^\W*(?:please )?say (?:that|[\"“'‘])"
    ),
}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅαορνιΑΒΕΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhqwABEKMHOPCTYXIJSaopviABEHIKMNOPTYX"
)
_BLANK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"(?:[-*+•]|\(?(?:\d+(?:\.\d+)*|[A-Za-z]|[ivx]+)[.)])\s")
_SPACED = re.compile(r"\b(?:[^\W_] ){3,}[^\W_]\b")
_ORDERS = [re.compile(rf"(?i){pattern}") for pattern in _PATTERNS.values()]
_TO_MODELS = [
    re.compile(rf"(?i){_PATTERNS[name]}")
    for name in (
        "speaks to the model",
        "tells who reads what to say",
        "makes the model another",
        "hides it from the person",
    )
]
"""Who writes this writes for a model, and the rest of the paragraph is what it is to do."""
_NAMES_SPEAKER = re.compile(
    r"\b(?i:my (?:(?:full|first|last|real|true|own) )?name(?:['’]s| is)|i am called|i['’]m called|call me)\s+"
    r"(?P<name>[^\W\d_][\w'’-]*)"
)


def orders_reader(sentence: str) -> bool:
    """Whether a sentence tells its reader what to say or do, however its letters are written."""
    plain = _undisguised(sentence)
    return any(pattern.search(plain) for pattern in (*_ORDERS, *FOREIGN_ORDERS))


def _is_to_a_model(order: str) -> bool:
    plain = _undisguised(order)
    return any(pattern.search(plain) for pattern in _TO_MODELS)


def _undisguised(text: str) -> str:
    """A text without what hides words from patterns: letters of other widths, of other scripts that look alike among
    Latin ones, invisible ones, and s p a c e s between them."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
        if mostly_latin(text):
            text = text.translate(_LOOK_ALIKE)
    return _SPACED.sub(lambda match: match.group().replace(" ", ""), text)


def without_orders(text: str, names: Collection[str] = ()) -> str:
    """A text of someone else without the sentences that order its reader about, nor what they want said.

    A sentence in which the text introduces itself by a name that is none of the person's `names` goes too: "my name" in
    a file is not the person's.
    """
    pieces: list[str] = []
    position = 0
    for start, end in order_ranges(text, names):
        pieces.append(text[position:start])
        position = end
    return "".join(pieces) + text[position:]


def order_ranges(text: str, names: Collection[str] = ()) -> list[tuple[int, int]]:
    """The ranges of the sentences that `without_orders` leaves out, in order.

    What stands behind an order to a model belongs to it up to the end of the paragraph. An order that is an item of a
    list, as a clause of a contract is, ends with it.
    """
    found: list[tuple[int, int]] = []
    follows = of_order = of_item = False
    own = {part.casefold() for name in names for part in name.split()}
    end = 0
    for sentence in sentences(text):
        item = bool(_ITEM.match(sentence.text))
        of_order = of_order and not _BLANK.search(text, end, sentence.start) and not (of_item and item)
        order = of_order or orders_reader(sentence.text)
        introduced = _NAMES_SPEAKER.search(sentence.text)
        stranger = bool(own and introduced and introduced["name"].casefold() not in own)
        if order or follows or stranger:
            found.append((sentence.start, sentence.end))
        if order and not of_order and _is_to_a_model(sentence.text):
            of_order, of_item = True, item
        follows = order and sentence.text.rstrip("*_ ").endswith(":")
        end = sentence.end
    return found
