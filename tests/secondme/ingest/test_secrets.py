"""What looks like a key is masked at its length; what only looks random is left alone."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondme.errors import SecretFound
from secondme.ingest.secrets import MASK, mask_document, mask_secrets, settle
from secondme.readers.documents import ParsedDocument
from secondme.text.chunking import Block

# Put together here, so that no scanner of repositories takes them for real.
KEYS = (
    "AKIA" + "IOSFODNN7EXAMPL3",
    "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "sk-ant-" + "api03-Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0",
    "xoxb-" + "123456789012-abcdefGHIJKL",
    "AIza" + "SyA1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v",
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYz01234567",
)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_masked_and_the_length_is_kept(key: str) -> None:
    text = f"The key is {key}, keep it safe."
    hidden, found = mask_secrets(text)
    assert len(hidden) == len(text)
    assert key not in hidden
    assert key[8:] not in hidden
    assert len(found) == 1
    assert hidden.startswith("The key is ")
    assert hidden.endswith(", keep it safe.")


def test_passwords_are_known_by_what_they_are_called() -> None:
    hidden, _ = mask_secrets('password: "tr0ub4dor&3x"\nurl = postgres://ana:S3cretWord@db/x\n')
    assert "tr0ub4dor" not in hidden
    assert "S3cretWord" not in hidden
    assert "postgres://ana:" in hidden


def test_a_private_key_is_masked_line_by_line() -> None:
    body = "\n".join("MIIEpAIBAAKCAQEA" + "x9Y8" * 8 for _ in range(4))
    text = f"a\n-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----\nb\n"
    hidden, _ = mask_secrets(text)
    assert "MIIE" not in hidden
    assert hidden.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        hashlib.sha256(b"x").hexdigest(),
        hashlib.sha1(b"x").hexdigest(),
        str(uuid.UUID(int=7)),
        "https://example.org/a/very/long/path/with-Words-And-2024-Numbers/index.html",
        "integrity sha512-" + "aB3" * 28 + "==",
        "ThisIsAVeryLongCamelCaseIdentifierWithoutAnyRandomness",
        "token: str = os.environ['TOKEN']",
        "password: ${DATABASE_PASSWORD}",
        "The password of the week is honesty.",
    ],
)
def test_what_is_no_key_stays(text: str) -> None:
    assert mask_secrets(text)[0] == text


@given(st.text(max_size=400), st.sampled_from(KEYS), st.text(max_size=400))
def test_no_key_survives_between_other_words(before: str, key: str, after: str) -> None:
    hidden, _ = mask_secrets(f"{before} {key} {after}")
    assert key not in hidden
    assert len(hidden) == len(before) + len(key) + len(after) + 2


def test_a_document_says_where_and_its_headings_are_masked_too() -> None:
    text = f"# {KEYS[0]}\n\nplain\n\nAnd {KEYS[1]}\n"
    blocks = (Block(0, 22, f"{KEYS[0]}"), Block(31, 40, f"{KEYS[0]}"))
    clear, said = mask_document(ParsedDocument("text/markdown", KEYS[0], text, blocks))
    assert said == ["line 1: an AWS access key was masked", "line 5: a GitHub token was masked"]
    assert KEYS[0] not in repr(clear)
    assert MASK in clear.blocks[1].heading


def test_a_person_is_asked_about_what_only_they_have() -> None:
    with pytest.raises(SecretFound):
        settle(f"my key {KEYS[0]}", "ask")
    assert settle(f"my key {KEYS[0]}", "keep") == f"my key {KEYS[0]}"
    assert KEYS[0] not in settle(f"my key {KEYS[0]}", "mask")
    assert settle("no key", "ask") == "no key"
