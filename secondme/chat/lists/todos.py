"""What the person still has to do: what they said that they must, promised, or noted on a list, and is not done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.chat.kinds.message_kind import sentence_asks
from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.lines import Line, lines_of, without_repeats
from secondme.chat.lists.sources import Sources
from secondme.chat.lists.verbs import forms
from secondme.facts.phrases import Pattern, any_of
from secondme.text.promises import has_promise
from secondme.text.terms import STOP_WORDS, stem
from secondme.text.timex.names import MONTHS, WEEKDAYS

PHRASES = {
    "WHEN": any_of(f"""
        next, this, tomorrow, tonight, noon, christmas, easter, {", ".join([*WEEKDAYS, *MONTHS])}, \\d
    """),
    "MUST": any_of("""
        got to, gotta, have to, need to, must, should, ought to, owe, promised, am supposed to, 'm supposed to,
        meant to, mustn't forget, can't forget, had better
    """),
    "CHORE": any_of("""
        call, ring, email, mail, text, write, send, buy, get, order, pay, renew, book, fix, repair, clean, return,
        finish, submit, pick up, collect, register, cancel, ask, check, print, sign, apply, prepare, post, bring,
        make, water, replace, arrange, schedule, update, file, reply
    """),
}
_DUTY = Pattern(
    r"(?i)\b(I|we|you)('ve| have| still|'m| am| also| really)* <MUST>\b"
    r"|\b(remind me|don'?t (let me )?forget|remember to|to-?do|todo|still to do|deadline|due (on|by|in|before)"
    r"|has to be|have to be|needs? to be|must be|writing this down|note to self|make sure (to|I)|gotta|need to)\b"
    r"|\b(by|before|until|till) (the )?(end of |of )?<WHEN>",
    PHRASES,
)
_ERRAND = Pattern(
    r"(?i)\W*((and|also|then|oh|right|ok)\W+)*<CHORE> (the|my|our|a|an|some|more|two|three|back|about|up|off|him|her"
    r"|them|it|new|\d+|(?-i:[A-Z])[\w'-]+)\b",
    PHRASES,
)
"""A note to oneself: "order more bleach"."""
_LISTED = Pattern(r"(?i)\W*(still )?(to[- ]?do|actions?|action items)\s*:")
"""Begins a line of a file that lists what is to be done."""
_WISH = Pattern(
    r"(?i)\b(I|we)('d| would)? ?(still |also |really )*(want(ed)?|plan(ned)?|like|hope[d]?|intend(ed)?) to\b"
)
_DONE = Pattern(
    r"(?i)\b(done|finished|sorted|paid|sent|submitted|booked|bought|called|rang|returned|renewed|posted|fixed|handed in"
    r"|cancel(l)?ed|ticked off|crossed off|no longer need|don't need to|not needed|called off|picked up|signed)\b"
)
_NEXT_TASK = Pattern(
    r"(?i)(,|;|\band\b)+ ((and|then|also) )*(?=(I |we )?((still|also|then) )*(<MUST>|<CHORE>)\b)", PHRASES
)
_TODO_WORDS = (
    "order", "buy", "ring", "email", "pay", "renew", "book", "fix", "collect", "cancel", "ask", "send", "call",
    "need", "must", "remind", "todo", "do", "promised", "promise", "owe", "due", "deadline", "forget", "gotta", "have",
    "should", "before", "by", "until", "till", "remember", "want", "wanted", "supposed", "writing", "note", "plan",
)  # fmt: skip
_LISTS = ("to do", "todo list", "task list", "action items", "actions")
OVERDUE = timedelta(days=45)
"""What was due longer ago is no longer told as open."""


def gather_todos(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered:
    """The open tasks, those that are due soonest first."""
    spans = sources.spans(words=_TODO_WORDS, meaning=asked.text, window=asked.window, now=now, but=but)
    lines = lines_of(spans, to_come=True)
    said = [line for line in lines if (line.mine and not sentence_asks(line.straight)) or _DUTY.search(line.straight)]
    wishes = bool(_WISH.search(asked.text.replace("’", "'"))) or (
        "promise" not in asked.text and asked.window is not None
    )
    tasks = [line for line in said if line.mine and _is_task(line, wishes=wishes)]
    for topic in _LISTS:
        tasks += [
            line
            for line in lines_of(sources.document(topic, now, by_meaning=False)[1])
            if line.item and line.box != "x"
        ]
    tasks += [line for line in lines if line.box == " "]
    tasks += [_without_label(line) for line in lines if not line.span.span.speaker and _LISTED.match(line.straight)]
    tasks = [part for task in without_repeats(tasks) if not _is_over(task, now) for part in _open_part(task, said)]
    if asked.window is not None:
        tasks = [task for task in tasks if any(asked.window.meets(*time) for time in task.times)]
    if asked.about:
        tasks = [task for task in tasks if stem(asked.about.lower()) in task.topic()]
    verbs = forms(verb for verb in asked.verbs if verb not in ("do", "done", "remember", "get", "be"))
    if verbs:
        tasks = [task for task in tasks if verbs & task.stems()]
    if not tasks:
        when = f" {asked.window.words}" if asked.window else ""
        return Gathered(asked, missing=f"nothing in it is still to be done{when}")
    ordered = sorted(tasks, key=lambda task: (not task.times, task.at))
    return gathered(asked, ordered, title="To do", latest=False)


def _without_label(line: Line) -> Line:
    label = _LISTED.match(line.straight)
    return replace(line, text=line.text[label.end() :].strip()) if label else line


def _is_task(line: Line, *, wishes: bool) -> bool:
    plain = line.straight
    if plain.rstrip().endswith("?"):
        return False
    return (
        bool(_DUTY.search(plain) or _ERRAND.match(plain))
        or (has_promise(plain) and bool(line.times))
        or (wishes and bool(_WISH.search(plain)))
    )


def _is_over(task: Line, now: datetime) -> bool:
    return bool(task.times) and max(ends for _, ends in task.times) < now - OVERDUE


def _open_part(task: Line, said: Sequence[Line]) -> Iterator[Line]:
    """A task, or what of it is not done yet: "pay the rent and call Ann" may be half done."""
    parts = [part.strip(" ,;") for part in _split(task.text)]
    left = [part for part in parts if not _is_done(part, task, said)]
    if len(left) == len(parts):
        yield task
    elif left:
        yield replace(task, text="; ".join(left))


def _split(text: str) -> list[str]:
    parts, begin = [], 0
    for match in _NEXT_TASK.finditer(text):
        parts.append(text[begin : match.start()])
        begin = match.end()
    return [*parts, text[begin:]]


def _is_done(part: str, task: Line, said: Sequence[Line]) -> bool:
    """Whether a later line says that a task is done: it says that something is, and shares most words with the task."""
    words = _words(part)
    return any(
        line.said is not None
        and task.said is not None
        and line.said > task.said
        and _DONE.search(line.straight)
        and not _DUTY.search(line.straight)
        and len(words & _words(line.text)) >= max(2, min(len(words), 4) / 2)
        for line in said
    )


def _words(text: str) -> set[str]:
    """The words of a text, whatever their form: "rang" is "ring"."""
    return {min(forms([word])) for word in re.findall(r"[^\W_]+", text.lower()) if word not in STOP_WORDS}
