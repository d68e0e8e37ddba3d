"""Questions for many in other languages than English: all of someone, and what lies ahead or happened in a time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from secondme.chat.list_question import ME, ListQuestion, Window
from secondme.text.timex.expressions import expressions

_ME = re.compile(r"(?i)(?:mich|mir|moi|m[ií]|me|mim|mij|我)$")
_ABOUT = re.compile(
    r"(?i)[\W¿]*(?:(?:und|et|y|e|en) )?(?:"
    r"was (?:wei(?:ß|ss)t du|hast du dir gemerkt) (?:denn )?(?:alles |noch )?(?:über|von) (?P<de>[^?.!,]+)"
    r"|(?:que|qu['’]est[- ]ce que) (?:sais-tu|tu sais) (?:de |sur |d['’]|à propos de )(?P<fr>[^?.!,]+)"
    r"|qu[ée] sabes (?:de |sobre )(?P<es>[^?.!,]+)"
    r"|(?:che )?(?:cosa )?sai (?:di |su )(?P<it>[^?.!,]+)"
    r"|o que (?:você )?sabes? (?:de |sobre )(?P<pt>[^?.!,]+)"
    r"|wat weet (?:je|jij) (?:allemaal )?(?:van|over) (?P<nl>[^?.!,]+)"
    r"|你(?:都)?知道(?:关于)?(?P<zh>[^?？.。!，的]+?)(?:的)?(?:什么|哪些|多少)(?:事|事情|信息)?"
    r")\W*$"
)
_AHEAD = re.compile(
    r"(?i)[\W¿]*(?:(?:und|et|y|e|en) )?(?:"
    r"was (?:(?:steht|liegt|ist) .*\b(?:an|los|geplant)|(?:hab(?:e)? ich|haben wir) .*\b(?:vor|geplant|für termine))"
    r"|(?:welche|was für) termine (?:hab(?:e)? ich|haben wir|stehen) .*"
    r"|qu['’](?:est[- ]ce que j['’]ai|est[- ]ce qu['’]il y a|ai-je) (?:de |comme )?(?:prévu|rendez-vous|à faire)?.*"
    r"|qu[ée] (?:tengo|hay|tenemos|planes tengo) .*"
    r"|(?:che )?(?:cosa|impegni) (?:ho|c['’]è|abbiamo) .*"
    r"|o que (?:tenho|temos) .*"
    r"|wat (?:heb ik|staat er|hebben we) .*"
    r"|.*(?:有什么|有哪些)(?:安排|计划|事|活动)"
    r")\W*$"
)
_HAPPENED = re.compile(
    r"(?i)[\W¿]*(?:(?:und|et|y|e|en) )?(?:"
    r"was (?:ist|war|hab(?:e)? ich|haben wir) .*\b(?:passiert|geschehen|los|gemacht|erlebt)"
    r"|que s['’]est-il passé .*|qu['’]est[- ]ce (?:que j['’]ai fait|qui s['’]est passé) .*"
    r"|qu[ée] (?:pasó|ha pasado|hice|hicimos) .*"
    r"|(?:che )?cosa (?:è successo|ho fatto|abbiamo fatto) .*"
    r"|wat (?:is er gebeurd|heb ik gedaan|hebben we gedaan) .*"
    r"|.*(?:发生了什么|做了什么|做了哪些事?)"
    r")\W*$"
)


def foreign_list(text: str, now: datetime) -> ListQuestion | None:
    """What a question for many in another language asks for; None for any other message."""
    about = _ABOUT.match(text)
    if about:
        whom = next(name for name in about.groupdict().values() if name).strip()
        return ListQuestion(text, "about", about=ME if _ME.match(whom) else whom)
    for form, planned in ((_AHEAD, True), (_HAPPENED, False)):
        if form.match(text) and (window := _window(text, now, planned=planned)):
            return ListQuestion(text, "period", window=window, planned=planned)
    return None


def _window(text: str, now: datetime, *, planned: bool) -> Window | None:
    times = [time for time in expressions(text, now, lean="future" if planned else "past") if time.kind != "vague"]
    if not times:
        return None
    begins, ends = min(time.begins for time in times), max(time.ends for time in times)
    words = " ".join(text[time.start : time.end] for time in times)
    return Window(begins, max(ends, begins + timedelta(hours=1)), words)
