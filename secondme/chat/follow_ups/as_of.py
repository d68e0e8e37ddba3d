"""Questions of what held before: "and until Friday?", "what was it earlier?". They ask what one would have been told
then, so that only what was said by then answers them, as the same question of now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from secondme.chat.follow_ups.foreign import time_in
from secondme.chat.follow_ups.foreign_words import WORDS
from secondme.chat.question_words import pattern
from secondme.facts.phrases import any_of
from secondme.text.timex.query import time_query
from secondme.text.tongues import tongue

_ENDS_WITH_TIME = pattern(
    r"\s+((up (to|until|till|through)|prior to|through|until|till) )?"
    r"(<TIME>|formerly|originally|initially|at first)\W*$"
)
_FORMERLY = pattern(r"\b(before( that| then)?|earlier|previously|formerly|originally|initially|at first|back then)\W*$")
_EARLIER_TODAY = pattern(r"\bin the (morning|beginning)\W*$")
"""May be any day's, unless the question before is asked of it."""
_STATE = pattern(
    r"^(?P<wh>\W*(?!when\b)<WH>\b([^?]*?) )"
    r"(?P<was>(was|were)\b(?! it that\b)|did(?= \S+( \S+)? <LASTS>\b))",
    {"LASTS": any_of("like, love, prefer, hate, live, work, use, own, have, drive, play")},
)
"""What asks how something was, not for something that happened."""
_IS: Mapping[str, str] = {"was": "is", "were": "are", "did": "do"}
_CHINESE = re.compile(
    r"到?(?P<t>(?:上?(?:周|星期|礼拜)[一二三四五六日天]|昨天|今天|前天|\d+月(?:\d+[日号])?))?(?:之前|以前|为止|原来)"
)


@dataclass(frozen=True)
class AsOf:
    """`question`: what is asked, as of now. `until`: by when it was said; None: before what is said of now."""

    question: str
    until: datetime | None


def as_of(question: str, now: datetime, *, anew: bool) -> AsOf | None:
    """What a question of a former value asks; None for any other question, and where it names a time to come.

    `anew`: whether it asks the question before once more, of another time. Without that "bis Freitag" is a deadline in
    other languages, where no verb of what is over is looked for.
    """
    language = tongue(question)
    if language != "en" and not anew:
        return None
    if language == "en":
        asked, is_former = _english(question, anew=anew)
    elif language == "zh":
        named = _CHINESE.search(question)
        asked, is_former = _CHINESE.sub("", question, count=1) if named else "", bool(named and not named["t"])
    elif language in WORDS:
        time = time_in(question, WORDS[language])
        asked = f"{question[: time[0]].rstrip()}{question[time[1] :]}" if time else ""
        is_former = bool(re.search(rf"(?i)(?<!\w)(?:{WORDS[language].before})(?!\w)", question))
    else:
        return None
    if not asked:
        return None
    if is_former:
        return AsOf(asked, None)
    named_time = time_query(question, now)
    if named_time.interval is None or named_time.relation != "before" or named_time.interval[0] > now:
        return None
    return AsOf(asked, named_time.interval[0])


def _english(question: str, *, anew: bool) -> tuple[str, bool]:
    """A question of how something was without its time, as of now, and whether that is only said to be over."""
    ends, state = _ENDS_WITH_TIME.search(question), _STATE.match(question)
    if ends is None or state is None:
        return "", False
    rest = question[state.end() : ends.start()]
    verb = "am" if rest.casefold().startswith(" i ") and state["was"].lower() == "was" else _IS[state["was"].lower()]
    asked = f"{state['wh']}{verb}{rest}?"
    return asked, bool(_FORMERLY.search(question) or (anew and _EARLIER_TODAY.search(question)))
