"""Subtitles and captions (SubRip, WebVTT, SBV): what is said, as running text; its places are times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.plain import PlainReader
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile

PAUSE = 5.0
"""Seconds of silence after which a new paragraph begins."""
PARAGRAPH = 500
"""Characters after which a paragraph ends with its sentence."""
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*(?:-->|,)\s*{_TIME}")
_NUMBER = re.compile(r"\s*\d+\s*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[\d:.]+>|\{\\[^}]*\}")
_UNSPOKEN = re.compile(r"\s*(?:STYLE|REGION|WEBVTT)\b")
_NOTE = re.compile(r"\s*NOTE\b")
_ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")


@dataclass
class _Cue:
    start: float
    end: float
    speaker: str
    lines: list[str]


class SubtitleReader:
    """Reads what is spoken. Numbers, times and styles of cues are no part of the text."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; a file without any cue is read as plain text."""
        cues, notes = _cues(source.text())
        if not any(cue.lines for cue in cues):
            yield from PlainReader().read(source)
            return
        prose = Prose()
        for note in notes:
            prose.paragraph(note, "note")
        shown: list[str] = []
        begun: _Cue | None = None
        words: list[str] = []
        for cue in cues:
            fresh = [line for line in cue.lines if line not in shown]  # captions that roll repeat the line before
            shown = cue.lines or shown
            if begun is not None and _is_over(begun, cue, words):
                _add(prose, begun, words)
                begun = None
            if fresh:
                if begun is None:
                    begun, words = _Cue(cue.start, cue.end, cue.speaker, []), []
                words += fresh
            if begun is not None:
                begun.end = cue.end
        if begun is not None:
            _add(prose, begun, words)
        yield ParsedDocument("text/vtt", source.name, prose.text(), tuple(prose.blocks))


def _is_over(begun: _Cue, cue: _Cue, words: list[str]) -> bool:
    """Whether a paragraph ends before this cue."""
    long = sum(map(len, words)) > PARAGRAPH and bool(_ENDS.search(words[-1]))
    return long or cue.speaker != begun.speaker or cue.start - begun.end > PAUSE


def _add(prose: Prose, begun: _Cue, words: list[str]) -> None:
    said = " ".join(words)
    seconds = int(begun.start)
    place = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    prose.paragraph(f"{begun.speaker}: {said}" if begun.speaker else said, place)


def _cues(text: str) -> tuple[list[_Cue], list[str]]:
    """The cues in order, and what was noted beside them."""
    cues: list[_Cue] = []
    notes: list[str] = []
    lines = [line.rstrip() for line in text.split("\n")]
    silent = False
    note: list[str] | None = None
    for i, line in enumerate(lines):
        times = _TIMES.match(line)
        after = lines[i + 1] if i + 1 < len(lines) else ""
        begins = i == 0 or not lines[i - 1]
        if times:
            numbers = times.groups()
            cues.append(_Cue(_seconds(*numbers[:4]), _seconds(*numbers[4:]), "", []))
            silent, note = False, None
        elif not line:
            if note:
                notes.append(" ".join(note))
            silent, note = False, None
        elif note is not None:
            note.append(line)
        elif begins and _NOTE.match(line):
            note = [line.strip()[4:].strip()] if line.strip() != "NOTE" else []
        elif silent or (begins and _UNSPOKEN.match(line)):
            silent = True
        elif _TIMES.match(after) and (begins or _NUMBER.fullmatch(line)):
            continue  # the number or name of the cue
        elif cues:
            _add_line(cues[-1], line)
    if note:
        notes.append(" ".join(note))
    return cues, notes


def _add_line(cue: _Cue, line: str) -> None:
    voice = _VOICE.search(line)
    if voice and not cue.lines:
        cue.speaker = html.unescape(voice.group(1)).strip()
    spoken = " ".join(html.unescape(_TAG.sub("", line)).split())
    if spoken:
        cue.lines.append(spoken)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")
