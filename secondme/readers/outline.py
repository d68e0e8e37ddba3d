"""The headings of plain text: numbered chapters, underlined titles, lines that stand alone above a paragraph, and terms
above an indented explanation.

Manuals, READMEs and reStructuredText are written so. Each paragraph knows what it stands under, as in Markdown.
"""

from __future__ import annotations

import re

from secondme.text.chunking import Block, paragraphs
from secondme.text.lines import HEADING_CHARACTERS, HEADING_WORDS, is_like_a_heading, is_paragraph

_UNDERLINE = re.compile(r"[ \t]*([=\-~^*#\"'+`.])\1{2,}[ \t]*")
_NUMBER = re.compile(
    r"(?i)(?:chapter|part|section|appendix)\s+(?:\d+|[ivxlc]+|[a-z])\b|(\d+(?:\.\d+)*)\.?\s+(?=[^\W\d])"
)
_NO_TERM = re.compile(r"[-*+>|•·–—#$%@{}<(\[\"'“„]|\w{1,9}[.)]\s|```|~~~|.*[.,;!?…)\]}>=|\"”]$|.*\s{3}|.*\t")
"""A line that is an entry of a list, a quote, a row, code, or a sentence."""
_UNDERLINED, _ALONE, _TERM = 2, 20, 30
"""How deep titles of a kind stand, the highest of each; below a chapter, which is 1."""


def outlined(text: str) -> list[Block]:
    """The paragraphs of a text, each with its headings, and in a section of its own under each."""
    ranges = list(paragraphs(text, 0, len(text)))
    blocks: list[Block] = []
    trail: list[tuple[int, str]] = []
    marks: list[str] = []
    section = 0
    for place, (start, end) in enumerate(ranges):
        below = ranges[place + 1] if place + 1 < len(ranges) else None
        lines = text[start:end].split("\n")
        first = lines[0].strip()
        indent = start - text.rfind("\n", 0, start) - 1
        level = 0
        if not _is_short(first):
            pass
        elif len(lines) > 1 and (underline := _UNDERLINE.fullmatch(lines[1])) and not _UNDERLINE.fullmatch(first):
            if underline[1] not in marks:
                marks.append(underline[1])
            level = _UNDERLINED + marks.index(underline[1])
        elif len(lines) == 1 and (number := _NUMBER.match(first)):
            level = 1 + (number[1] or "").count(".")
        elif len(lines) == 1 and not indent and below and is_paragraph(text, *below) and is_like_a_heading(first):
            level = _ALONE
        elif _is_term(lines, indent):
            level = _TERM + indent
        kept = [entry for entry in trail if entry[0] < (level or max(_TERM, _TERM + indent))]
        if level:
            kept.append((level, first.rstrip(":")))
        if kept != trail:
            trail, section = kept, section + 1
        blocks.append(Block(start, end, " > ".join(title for _, title in trail), section))
    return blocks


def _is_short(line: str) -> bool:
    return len(line) <= HEADING_CHARACTERS and len(line.split()) <= HEADING_WORDS


def _is_term(lines: list[str], indent: int) -> bool:
    """Whether a paragraph is a term with its explanation, which stands further to the right."""
    term = lines[0].strip().rstrip(":")
    if len(lines) < 2 or len(term) < 2 or _NO_TERM.match(term):
        return False
    depths = [len(line) - len(line.lstrip()) for line in lines[1:]]
    return min(depths) >= indent + 2 and len(set(depths)) == 1
