"""Keys and passwords in text: found by the prefixes that services give them, by what they are called, by entropy.

What is found is masked by a mark of the same length, so that offsets hold; the file still has it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace

from secondme.errors import SecretFound
from secondme.readers.documents import ParsedDocument, Sheet, Turn
from secondme.text.chunking import Block

MASK = "•"
_KEPT = 4
"""Characters of a key that stay, so that a person knows which one it was; only of keys with a public prefix."""
ENTROPY = 4.2
"""Bits a character: random base64 of 40 characters has about 4.9, words and identifiers under 4."""
_DATA = 200
"""Longer runs are data (pictures, certificates), not keys."""

# (what it is, a literal that has to be there, the pattern; group 1 is what is masked)
_KNOWN = tuple(
    (kind, literal, re.compile(pattern))
    for kind, literal, pattern in (
        ("an AWS access key", "AKIA", r"\b((?:AKIA|ASIA)[A-Z0-9]{16})\b"),
        ("an AWS access key", "ASIA", r"\b(ASIA[A-Z0-9]{16})\b"),
        ("a GitHub token", "gh", r"\b(gh[pousr]_[A-Za-z0-9]{30,255})\b"),
        ("a GitHub token", "github_pat_", r"\b(github_pat_[A-Za-z0-9_]{40,255})\b"),
        ("a GitLab token", "glpat-", r"\b(glpat-[A-Za-z0-9_-]{20,})"),
        ("an API key", "sk-", r"\b(sk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,})"),
        ("a Stripe key", "k_live_", r"\b([sr]k_live_[A-Za-z0-9]{16,})\b"),
        ("a Slack token", "xox", r"\b(xox[abeoprs]-[A-Za-z0-9-]{10,})"),
        ("a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/services/([A-Za-z0-9/]{20,})"),
        ("a Google API key", "AIza", r"\b(AIza[A-Za-z0-9_-]{35})"),
        ("a Google OAuth token", "ya29.", r"\b(ya29\.[A-Za-z0-9_-]{20,})"),
        ("a SendGrid key", "SG.", r"\b(SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,})"),
        ("a Hugging Face token", "hf_", r"\b(hf_[A-Za-z0-9]{30,})\b"),
        ("an npm token", "npm_", r"\b(npm_[A-Za-z0-9]{36})\b"),
        ("a PyPI token", "pypi-", r"\b(pypi-[A-Za-z0-9_-]{50,})"),
        ("a Telegram bot token", ":AA", r"\b(\d{8,10}:AA[A-Za-z0-9_-]{32,34})\b"),
        ("a Twilio key", "SK", r"\b(SK[0-9a-f]{32})\b"),
        ("an age key", "AGE-SECRET-KEY-", r"\b(AGE-SECRET-KEY-1[A-Z0-9]{50,})\b"),
        ("a JSON Web Token", "eyJ", r"\b(eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})"),
        (
            "a private key",
            "PRIVATE KEY",
            r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----([\s\S]{16,20000}?)(?=-----END|\Z)",
        ),
        ("a password in an address", "://", r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,80}:([^\s/@]{3,200})@"),
    )
)
_GIVEN = re.compile(r"""(?::=|=>|[=:])\s*["']?([^\s"',;<>]{8,200})""")
_NAMED = re.compile(
    r"""(?:api[_-]?key|apikey|secret(?:[_-]?(?:key|access[_-]?key))?|access[_-]?token|auth[_-]?token|client[_-]?secret"""
    r"""|token|passwd|password|passphrase|private[_-]?key)["']?\s*\Z"""
)
_NAMES = ("key", "secret", "token", "passw", "passphrase")
_BEFORE = 40
_RUN = re.compile(r"(?<![A-Za-z0-9+/_=.\-])[A-Za-z0-9+/_=\-]{32,}(?![A-Za-z0-9+/_=\-])")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F-]+\Z")
_HASH = re.compile(r"(?i)sha\d*[-:=]|md5|integrity|checksum|digest|h1:")
_PLAIN = re.compile(r"(?:[a-z]+|[A-Z]+|\d+|[\W_]+)\Z")


@dataclass(frozen=True)
class Secret:
    """What looks like a key, and the characters that are masked."""

    kind: str
    start: int
    end: int


def secrets_in(text: str) -> list[Secret]:
    """Everything in a text that looks like a key, in order, without overlaps."""
    found: list[Secret] = []
    for kind, literal, pattern in _KNOWN:
        if literal in text:
            found += [Secret(kind, *match.span(1)) for match in pattern.finditer(text)]
    lowered = text.lower()
    if any(name in lowered for name in _NAMES):
        found += [
            Secret("a password or key", *match.span(1))
            for match in _GIVEN.finditer(text)  # first the sign, which is rare, then what stands before it
            if _NAMED.search(lowered, max(0, match.start() - _BEFORE), match.start()) and _random(match.group(1), 3.0)
        ]
    for match in _RUN.finditer(text):
        run = match.group()
        if (
            len(run) <= _DATA
            and _is_key(run)
            and not _HASH.search(text[max(0, match.start() - 24) : match.start() + 8])
        ):
            found.append(Secret("a long random string", *match.span()))
    found.sort(key=lambda secret: (secret.start, -secret.end))
    apart: list[Secret] = []
    for secret in found:
        if not apart or secret.start >= apart[-1].end:
            apart.append(secret)
        elif secret.end > apart[-1].end:
            apart[-1] = Secret(apart[-1].kind, apart[-1].start, secret.end)
    return apart


def mask_secrets(text: str) -> tuple[str, list[Secret]]:
    """The text with everything that looks like a key masked, of the same length, and what was found."""
    found = secrets_in(text)
    if not found:
        return text, found
    parts: list[str] = []
    position = 0
    for secret in found:
        kept = _KEPT if secret.kind not in ("a private key", "a password or key", "a password in an address") else 0
        hidden = "".join(c if c.isspace() else MASK for c in text[secret.start + kept : secret.end])
        parts += [text[position : secret.start + kept], hidden]
        position = secret.end
    return "".join([*parts, text[position:]]), found


def mask_document(document: ParsedDocument) -> tuple[ParsedDocument, list[str]]:
    """A document without keys, and for each one a sentence that says where it is in the file."""
    said: list[str] = []
    text, found = mask_secrets(document.text)
    for secret in found:
        said.append(f"{_where(document, secret.start)}: {secret.kind} was masked")
    blocks = tuple(_block(block, text) for block in document.blocks) if found else document.blocks
    turns: list[Turn] = []
    for turn in document.turns:
        clear, hidden = mask_secrets(turn.text)
        turns.append(replace(turn, text=clear) if hidden else turn)
        said += [f"{document.title}, message {turn.key}: {secret.kind} was masked" for secret in hidden]
    sheets = tuple(_sheet(sheet) for sheet in document.sheets) if found else document.sheets
    if not found and not said and not _has_secret(document.title) and not _has_secret(document.author):
        return document, said
    return (
        replace(
            document,
            text=text,
            blocks=blocks,
            turns=tuple(turns),
            sheets=sheets,
            title=mask_secrets(document.title)[0],
            author=mask_secrets(document.author)[0],
        ),
        said,
    )


def _has_secret(text: str) -> bool:
    return len(text) >= 16 and bool(secrets_in(text))


def _block(block: Block, text: str) -> Block:
    """A heading is a copy of some of the text: it is masked like it."""
    return replace(block, heading=mask_secrets(block.heading)[0]) if block.heading else block


def _sheet(sheet: Sheet) -> Sheet:
    """Cells that are masked in the text are masked in the table."""
    return replace(
        sheet,
        rows=tuple(
            tuple(mask_secrets(cell)[0] if isinstance(cell, str) else cell for cell in row) for row in sheet.rows
        ),
    )


def _where(document: ParsedDocument, offset: int) -> str:
    place = next((block.place for block in document.blocks if block.start <= offset < block.end and block.place), "")
    return place or f"line {document.text.count(chr(10), 0, offset) + 1}"


def _is_key(run: str) -> bool:
    """Whether a long run of letters and digits is random: mixed, neither a hash nor a path nor a name."""
    if _HEX.match(run) or run.count("/") > 2 or run.count("_") + run.count("-") > len(run) / 8:
        return False
    if not (re.search(r"[a-z]", run) and re.search(r"[A-Z]", run) and len(re.findall(r"\d", run)) >= 3):
        return False
    return _random(run, ENTROPY)


def _random(text: str, least: float) -> bool:
    if _PLAIN.match(text) or text.startswith(("$", "{", "<", "%", "[", "(", "http", "os.", "self.")) or "(" in text:
        return False
    return _entropy(text) >= least


def _entropy(text: str) -> float:
    """Shannon entropy of the characters, bits for each."""
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in Counter(text).values())


def settle(text: str, secrets: str) -> str:
    """Text that a person typed and that has no other copy: kept as it is, masked, or asked about.

    `secrets`: "keep", "mask" or "ask". Raises SecretFound for "ask" when something looks like a key.
    """
    if secrets == "keep":
        return text
    hidden, found = mask_secrets(text)
    if found and secrets == "ask":
        raise SecretFound(
            f"This holds {' and '.join(dict.fromkeys(one.kind for one in found))}.",
            "Say whether to keep it or to mask it.",
            "Nothing was kept yet.",
        )
    return hidden
