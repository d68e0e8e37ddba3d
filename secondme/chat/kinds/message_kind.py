"""What kind of message a person writes: do they tell, ask, correct, order, make small talk, or ask about the assistant?

A message may tell and ask at once. What asks needs no question mark: people leave it out when they type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import StrEnum

from secondme.chat.kinds.asking import Floats, asking, asking_by_meaning
from secondme.chat.kinds.clipped_questions import written_out
from secondme.chat.kinds.order_words import about_assistant, order
from secondme.chat.kinds.rhetoric import only_tells
from secondme.chat.kinds.small_talk_words import is_small_talk
from secondme.chat.list_question import asks_for_many
from secondme.chat.question_words import pattern
from secondme.text.requests import requests
from secondme.text.sentences import sentences
from secondme.text.tongues import QUESTION_MARKS, asks_in_its_tongue, tongue
from storage.tokens.scripts import HAN, HANGUL, KANA


class Kind(StrEnum):
    """What a message is. `BOTH` tells and asks; `UNSURE` may do either: it is kept as told, and answered where memory
    holds an answer."""

    TELLS = "tells"
    ASKS = "asks"
    BOTH = "tells and asks"
    UNSURE = "tells or asks"
    ORDERS = "orders"
    SMALL_TALK = "small talk"
    ABOUT_ASSISTANT = "about the assistant"


_ONE_WORD = re.compile(r"[A-Za-zÀ-ɏΑ-ώЀ-ӿ]{4,}(?:[-'’][A-Za-zÀ-ɏΑ-ώЀ-ӿ]+)*")
"""In letters that are written with spaces between words."""
_FEW_LETTERS = re.compile(f"[{HAN}{KANA}{HANGUL}]{{2,3}}")
_WITHOUT_SPACES = re.compile(f"[{HAN}{KANA}]")
_SEVERAL_MARKS = re.compile(r"(?:\?[?!]+|!+\?)\W*$")
LONG = 18
"""Words of a sentence that may tell something before it asks."""
ASKS, MAY_ASK = 2.0, 0.3
"""Logits of `asking` from which a message in which rules find no question asks, or may ask. Of 318 such tellings of
invented conversations in English none asks or may ask, of 15 questions 3 ask and 8 may. Sentences of a longer message
are not judged alone: by themselves many tellings ("Half eight still.") look like clipped questions."""
ASKS_IN_ENGLISH, ASKS_ELSEWHERE = 1.2, 1.8
"""The logits with the message's vector from which it asks. Of messages by writers that it did not learn from, picked to
be hard, 62 in 100 questions that rules miss are above (7 by the words alone) and 4 in 100 tellings; of 276 tellings of
invented conversations none, of 33 such questions 28; of weeks of talk that it did not learn from 25 of 28 questions and
one in 100 of 638 tellings are above -0.2. What memory keeps is decided by the words alone, before."""
CLEARLY_TOLD = -2.0
"""The logit of the words below which no vector is asked for: 3 in 1000 such questions are there, a seventh of the
tellings."""
FRAGMENT = 6
"""Words of a message that may go on with what was asked and answered just before it, and then asks the more likely."""
BEHIND_AN_ANSWER = 1.0
"""What that adds to the logit: of such questions in invented conversations half stand behind an answer, of tellings a
sixth."""
TELLS = -1.0
"""The logit of the words from which down an English sentence tells however it begins: "isn't it typical, it hails".
Of other writers' messages that rules take for questions one in 100 that ask is below it and one in 4 that tell."""
TELLS_WITHOUT_SUBJECT = 0.6
"""The same where it may be told of oneself without saying so: "did the shopping", "had my eyes tested"."""
BEGINS_AS_A_QUESTION = 1.2
"""What it adds to the logit that a message begins as questions do ("can Kev go out now")."""
EXCLAIMS = -0.7
"""The logit from which down it exclaims where several marks stand behind it."""
_CLAUSE = pattern(r"[,;:–—-]+\s+((and|but|so|then)\s+)?(?=\w)|\s(and|but|so)\s+(?=(<WH>|<AUX>)\b)")
_OWNER = r"(my|our|your|his|her|their|the|this|that|these|those)"
_PERSON = r"(i|you|we|he|she|it|they|there|anyone|anybody|someone|somebody|everyone|everybody)"
_BE = r"(am|is|are|was|were|does|did|can|could|should|will|would|has|(is|are|was|does|did|were|has)n'?t)"
_DO = rf"({_BE}|do|have|don'?t|haven'?t|may|shall|might)"
_BEGINS = r"^\W*(<LEAD>\b[\s,:;.–—-]*)*"
_EXCLAIMED = (
    r"(an?|luck|fun|joy|bliss|nonsense|rubbish|weather|news|trouble|work|lovely|great|nice|is|was|were|are|means|meant"
    r"|made|makes|leaves|left|brings|reminds|explains|includes|happened|happens|if|ever)"
)
"""What follows "what" or "which" where nothing is asked."""
_EXCLAIMS = pattern(rf"{_BEGINS}(what an?|(what|which|how) {_EXCLAIMED})\b")
_SAYS_WHAT_IS = pattern(
    rf"^(?!.*\b<WH>\b){_BEGINS[1:]}({_OWNER}|(?-i:[A-Z])[\w'’-]*|[\w-]+['’]s|names?|code|password|pin)"
    rf"( (?!{_PERSON}\b)[\w'’-]+){{0,8}}? (is|are|was|were)( now| always| still| actually| called)?"
    r" (?!(it|they|he|she|that|the|an?|in|on)\W*$)\w"
)
"""What says that something is something: "the code for the shed is 2096"; but "the plumber we use is called"."""
_DID = (
    r"([a-z]{2,}(?<!e)ed(?<!hundred)(?<!naked)|was|were|went|got|saw|came|left|bought|sold|took|made|told|said|ate|drank"
    r"|drove|flew|lost|found|won|gave|paid|ran|slept|spent|wrote|began|brought|broke|built|caught|chose|fell|felt"
    r"|forgot|heard|held|kept|met|rang|sent|stood|swam|taught|threw|woke|put|cut|quit|dug|hung|swept|stuck|sorted)"
)
_DONE_TO = (
    rf"({_OWNER}|an?|some|all|both|two|three|it|them|him|her|everything|everyone|up|off|out|over"
    r"|back|down|away|round|through|late|early|badly|well|again|another|more|enough"
    r"|£?\d[\d.,]*|(?-i:[A-Z])[\w'’-]+)"
)
_WENT = r"(went|came|got|drove|flew|ran|swam|walked|cycled|popped|moved|talked|spoke|slept|stayed|handed|gave|turned)"
_TELLS_WHAT_WAS_DONE = pattern(
    r"^(?!.*\b(<WH>|yet|or not|ever)\b)"
    r"\W*((ok|okay|right|so|and|but|oh|finally|just|also|well|yay|phew|then|already)\W+)*"
    r"((all )?(done|finished|sorted) with\b|(back|home|off|away|out) (from|at|to|on|again|in)\b"
    rf"|{_DID} {_DONE_TO}\b|{_WENT} (in|on|to|from|at|for|into|with|about)\b)"
)
"""What was done, without its subject: "rang the bank", "handed in the thesis", "back from Spain"."""
_MAY_LACK_ITS_SUBJECT = pattern(rf"{_BEGINS}(did|do|had|have|has|was|were|will) ({_OWNER}|[\w-]+['’]s)\b")
_ORDERS_AN_ANSWER = pattern(
    r"^\W*((please|can you|could you)\s+)?tell ((me|us) (an?|all|more|the|everything|<WH>|about (?!it\W*$))|of)\b"
)
_CLEFT = (
    "(matters|counts|works|helps|bothers|worries|annoys|hurts|surprises|surprised|remains|scares|interests|struck|bugs)"
)
"""What makes a statement of "what matters is that he came"."""
_PASTS = r"(won|wrote|led|came|went|took|gave|began|got|said|told|sold|built|held|broke|bit|sent|left|lost|fell|kept)"
_ASKS = (
    # "by when", "how much is it", "what's my title", "which city do I live in"; but "when I was a child"
    pattern(rf"{_BEGINS}((by|since|until|till|from|in|on|at|for|with|to|of|about|as) )?<WH>(\W*$|'?(s|re|d|ll)\b)"),
    pattern(
        rf"{_BEGINS}((by|since|until|till|from|in|on|at|for|with|to|of|about|as) )?<WH>"
        rf"(?! an?\b)(?! ({_PERSON}|{_OWNER})\b)(?! {_CLEFT}\b.* (is|was)\b)"
        rf"(( [\w'’-]+){{0,4}}? {_DO}\b|(?<=who) [a-z]+\b(?<!\bknew))"
    ),
    pattern(rf"{_BEGINS}<WH> (much|many|long|old|far|often|big|tall|soon|about)\b"),
    # "what principle explains it", "which team won"; but "what luck", "which means that", "what fun we had"
    pattern(
        rf"{_BEGINS}(what|which|whose) (?!({_PERSON}|{_OWNER}|{_EXCLAIMED})\b)(?-i:[a-z])[\w'’-]+"
        rf"( [\w'’-]+){{0,2}}? ([\w’-]+[^\W\ds](s|ed)|{_PASTS})\b(?! (we|i|he|she|they|you)\b)"
    ),
    # "what happened to the old car"; but "what happened next was fun"
    pattern(rf"{_BEGINS}what (else )?(happened|happens|became|went wrong|came)\b(?!.* (was|is|were)\b)"),
    # "do I still owe her", "is the flat taken", "does Tom know"
    pattern(rf"{_BEGINS}({_DO} {_PERSON}\b|{_BE} {_OWNER}\b)"),
    pattern(rf"{_BEGINS}{_BE} (?-i:[A-Z])[\w-]+ [a-z]"),
    # "does callum still work here", "is tom ever late", "has anna already paid"
    pattern(
        rf"{_BEGINS}(does|did|is|are|was|were|has|have|will|can|should) (?!{_OWNER}\b)[a-z][\w'’-]+ "
        r"(still|ever|already|also|even|really|actually|currently)\b"
    ),
    # "run me the Wednesday stops"
    pattern(rf"{_BEGINS}((run|read|walk|talk) me (through )?|gimme |rattle off |pull up )(the|my|our|all)\b"),
    # "tell me about the boiler", "association number please", "any news of Tom"
    pattern(rf"{_BEGINS}(tell|show|give|remind) (me|us|of|about) (?!to\b|that\b|on\b|in\b|at\b|tomorrow\b)"),
    pattern(
        rf"{_BEGINS}(list|summari[sz]e|recap|look up|find (me|my|the|out)|explain|describe|compare|translate|calculate"
        r"|help me|(write|draft|compose) (me |us )?(an?|the|my)|what about|how about|any (news|idea|word)|anything)\b"
    ),
    pattern(r"^.{0,60}\bplease[.! ]*$"),
    # "the date of the jam is what I need", "need to know when it starts"
    pattern(
        rf"{_BEGINS}(the|my|our) .{{1,60}} (is|are) (all |just )?(what|which|the (one|thing)) (i|we)('m| am|'re| are)?"
        r" (really )?(need|after|looking for|wondering|asking for)( to know| now)?\W*$"
    ),
    pattern(rf"{_BEGINS}((i|we) )?(just |only |really )*(need|want) to know\b"),
    # "total spending in November"; but "total spending was 40"
    pattern(
        rf"{_BEGINS}(grand )?total (of |number |amount |cost|price|spen|expense|paid|hours|income|sales)"
        r"(?!.*(:|=|\b(is|was|were|came|comes)\b))"
    ),
    pattern(rf"{_BEGINS}name of (my|our|the) "),
    pattern(rf"{_BEGINS}name (every|all|each|(any|some|two|three|four|five|ten) of) "),
)


def kind(
    text: str, vector_of: Callable[[str], Floats | None] = lambda text: None, *, behind_an_answer: bool = False
) -> Kind:
    """What a message is. What a correction corrects only the chat shows (`secondme.facts.corrections`).

    `vector_of` gives the vector of a text as `asking_by_meaning` reads it, None without that embedder: then the words
    decide. `behind_an_answer`: whether a question was answered just before.
    """
    if order(text):
        return Kind.ORDERS
    if about_assistant(text):
        return Kind.ABOUT_ASSISTANT
    if is_small_talk(text):
        return Kind.SMALL_TALK
    if is_question(text) or is_bare_word(text):
        return Kind.ASKS
    if _sentence_asks(text):
        return Kind.BOTH
    if only_tells(text):
        return Kind.TELLS
    if any(_exclaims(sentence.text) for sentence in sentences(text)):
        return Kind.UNSURE
    doubtful = asking(text) >= CLEARLY_TOLD and not _is_one_word(text) and not _says_plainly(text)
    vector = vector_of(text) if doubtful else None
    if vector is None:
        return Kind.UNSURE if _learnt(text) >= MAY_ASK else Kind.TELLS
    logit = asking_by_meaning(text, vector)
    if behind_an_answer and len(text.split()) <= FRAGMENT:
        logit += BEHIND_AN_ANSWER
    if _begins_as_a_question(text):
        logit += BEGINS_AS_A_QUESTION
    if logit >= (ASKS_IN_ENGLISH if tongue(text) == "en" else ASKS_ELSEWHERE):
        return Kind.ASKS
    return Kind.UNSURE if logit >= MAY_ASK else Kind.TELLS


def is_bare_word(text: str) -> bool:
    """Whether a message is but one word without a mark, or two or three letters of a script that writes syllables or
    words: it tells nothing, but names what is looked for."""
    return bool(_FEW_LETTERS.fullmatch(text.strip()) or _ONE_WORD.fullmatch(text.strip()))


def _is_one_word(text: str) -> bool:
    """Whether a message is one word in letters that are written with spaces between words."""
    return len(text.split()) < 2 and not _WITHOUT_SPACES.search(text)


def sentence_asks(text: str) -> bool:
    """Whether a sentence asks for something."""
    text = text.strip()
    if text.rstrip("\"'”’)* ").endswith(QUESTION_MARKS) and not is_small_talk(text):
        return not _exclaims(text)
    if requests(text):
        return True
    if tongue(text) != "en":
        return asks_in_its_tongue(text)
    if _ORDERS_AN_ANSWER.match(text):
        return True
    if written_out(text):
        return True
    if not _begins_as_a_question(text):
        return False
    return asking(text) >= (TELLS_WITHOUT_SUBJECT if _MAY_LACK_ITS_SUBJECT.match(text) else TELLS)


def _begins_as_a_question(text: str) -> bool:
    return any(rule.match(text) for rule in _ASKS)


def _exclaims(sentence: str) -> bool:
    """Whether several marks stand behind what else only tells: "olives are great??"."""
    return bool(_SEVERAL_MARKS.search(sentence)) and tongue(sentence) == "en" and asking(sentence) < EXCLAIMS


def asks(text: str) -> bool:
    """Whether a message asks or may ask for something, whatever it tells besides."""
    return _sentence_asks(text) or (not is_small_talk(text) and not order(text) and _learnt(text) >= MAY_ASK)


def _learnt(text: str) -> float:
    """The logit of the chance that a message asks. Rules alone judge other languages, of which too few messages were
    learnt from, exclamations, and what says that something is something: a telling that is taken for a question is
    lost to memory."""
    return -math.inf if tongue(text) != "en" or _is_one_word(text) or _says_plainly(text) else asking(text)


def _says_plainly(text: str) -> bool:
    """Whether a message exclaims something, or says what something is or what was done."""
    return bool(_EXCLAIMS.match(text) or _SAYS_WHAT_IS.match(text) or _TELLS_WHAT_WAS_DONE.match(text))


def _sentence_asks(text: str) -> bool:
    return not only_tells(text) and any(_asks(sentence.text) for sentence in sentences(text))


def _asks(sentence: str) -> bool:
    """Whether a sentence of a message asks, be it only by naming what it wants: "all the books I read this year"."""
    return sentence_asks(sentence) or asks_for_many(sentence)


def is_question(text: str) -> bool:
    """Whether a message only asks, greetings and thanks aside: then it states nothing that could support an answer."""
    told, asked = asked_part(text)
    return bool(asked) and not told


def asked_part(text: str) -> tuple[str, str]:
    """What a message tells, and what it asks; greetings and thanks aside. A question at the end of a long sentence
    ("…, and they wanted a form with my number, what is it?") is cut off from what it tells."""
    told: list[str] = []
    asked: list[str] = []
    if only_tells(text):
        return text, ""
    for sentence in (part.text for part in sentences(text)):
        if is_small_talk(sentence):
            continue
        if not _asks(sentence):
            told.append(sentence)
            continue
        cut = _question_clause(sentence) if len(sentence.split()) > LONG else 0
        told += [sentence[:cut].rstrip(" ,;:–—-")] if cut else []
        asked.append(sentence[cut:])
    if told and not asked and _learnt(text) >= ASKS:
        return "", " ".join(told)
    return " ".join(told), " ".join(asked)


def _question_clause(sentence: str) -> int:
    """Where the question at the end of a long sentence begins; 0 where all of it asks."""
    starts = [match.end() for match in _CLAUSE.finditer(sentence)]
    return next((start for start in reversed(starts) if sentence_asks(sentence[start:].rstrip("?"))), 0)


def states(text: str) -> bool:
    """Whether a message states something that memory keeps as evidence: no bare question, no order, no small talk."""
    found = kind(text)
    return found in (Kind.TELLS, Kind.BOTH, Kind.UNSURE) or (found is Kind.ORDERS and order(text).keeps)


def tells(text: str) -> bool:
    """Whether a message only tells something: it asks nothing, and orders nothing but to keep it."""
    return bool(sentences(text)) and (kind(text) is Kind.TELLS or order(text).keeps)
