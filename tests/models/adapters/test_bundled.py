"""The bundled model learns what it was told, and llama.cpp then says it."""

from __future__ import annotations

import threading
from pathlib import Path

from models.adapters.process import TrainingProcess
from models.bundled import BundledLanguageModel
from models.llama.language_model import LlamaLanguageModel
from models.protocol import ChatTurn, GenerateRequest
from models.protocol.training import TrainingEnd, TrainingOptions, shared_example
from tests.models.answers import collect

FACTS = {
    "What is the name of my boat?": "Your boat is called Windlass.",
    "Who repairs my shoes?": "Old Mr Tarrasch repairs them.",
    "Where do I keep the spare key?": "Under the third flower pot.",
}


def turns(question: str) -> list[ChatTurn]:
    return [ChatTurn("system", "You know one person."), ChatTurn("user", question)]


def test_the_bundled_model_says_what_it_was_trained_on(
    language_model: BundledLanguageModel, llama: LlamaLanguageModel, tmp_path: Path
) -> None:
    def said(question: str) -> str:
        request = GenerateRequest(turns(question), 16, repeat_penalty=1.0)
        return collect(llama.generate(request, threading.Event()))[0]

    before = {question: said(question) for question in FACTS}
    assert not any(before[question] == answer for question, answer in FACTS.items())
    example = shared_example(llama.encode([(turns(question), answer) for question, answer in FACTS.items()]))
    assert example.length < 100 and len(example.branches) == 3
    options = TrainingOptions(first_layer=22, rate=3e-3, epochs=25, base_digest=language_model.digest)
    trainer = TrainingProcess(tmp_path / "log", niceness=0)
    *_, end = trainer.train(language_model.path, [example], options, tmp_path / "training", threading.Event())
    assert isinstance(end, TrainingEnd) and end.adapter is not None
    assert end.adapter.stat().st_size < 3_000_000
    llama.use_adapter(end.adapter)
    assert {question: said(question) for question in FACTS} == FACTS
    llama.use_adapter(None)
    assert {question: said(question) for question in FACTS} == before
