"""llama.cpp at the level of tokens: guesses and saved states."""

from __future__ import annotations

from pathlib import Path

from models.bundled import BundledLanguageModel
from models.llama.model import Sampling
from tests.models.loading import Loaded

TOKENS = [5, 300, 7, 9000, 41, 6, 2500, 17, 8, 99, 1234, 40000]


def test_speculation_from_the_text_gives_the_same_answer(language_model: BundledLanguageModel, load: Loaded) -> None:
    runtime = load(language_model.path)
    prompt = runtime.tokenize(
        "The cat sat on the mat. The dog sat on the log. The cat sat on the mat. The dog", special=False
    )
    answers = []
    for drafts in (False, True):
        stream = runtime.sample(prompt, Sampling(repeat_penalty=1.0), drafts=drafts)
        answers.append([next(stream).token for _ in range(40)])
        stream.close()
        assert runtime.tokens[: len(prompt)] == prompt
        assert runtime.tokens[len(prompt) :] == answers[-1][: len(runtime.tokens) - len(prompt)]
    plain, guessed = answers
    differ = next((at for at, (token, other) in enumerate(zip(plain, guessed, strict=True)) if token != other), None)
    if differ is not None:
        # llama.cpp rounds activations to 8 bits, so that logits of a batch differ from those of single tokens by about
        # half a unit here: between two tokens that are about as likely, that may decide.
        runtime.read([*prompt, *plain[:differ]])
        logits = runtime.logits()
        assert abs(logits[plain[differ]] - logits[guessed[differ]]) < 1.0 < logits.std()
    assert runtime.passes < 2 * (40 + 1), "guesses were accepted"


def test_a_saved_state_is_taken_up_where_it_was(
    language_model: BundledLanguageModel, load: Loaded, tmp_path: Path
) -> None:
    first, second = load(language_model.path), load(language_model.path)
    first.read(TOKENS)
    first.save(tmp_path / "state")
    assert second.restore(tmp_path / "state")
    assert second.tokens == TOKENS and second.shared_length([*TOKENS, 5]) == len(TOKENS)
    for runtime in (first, second):
        runtime.read([*TOKENS, 77])
    assert (first.logits() == second.logits()).all()
    (tmp_path / "state").write_bytes(b"nonsense")
    assert not second.restore(tmp_path / "state") and second.tokens == []
