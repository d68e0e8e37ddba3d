"""Asks twenty questions on an invented person's files with the bundled model and writes down what comes.

Run: `python -P benchmarks/chat/reader_transcript.py on|off TRANSCRIPT.md`. Prints JSON.

`on` and `off` say whether the model reads with its reader adapter. Sixteen questions have an answer in the files, each
in one place; four ask for what they don't say, though they say something like it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from secondme.api import Answer, Done, Failed
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError
from secondme.evaluation.clock import EvaluationClock
from secondme.evaluation.temporary_engine import temporary_engine
from secondme.settings import save

ME = "Oriel"
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
FILES = {
    "Lantern museum.md": """# Lantern museum

The lantern museum in Skerrow opened in 1974 in the old salt store, after the harbour authority had given up its plan to
pull the building down. It holds 412 lamps, of which the oldest is a Roman oil lamp that a fisherman brought up in his
net. The largest lens weighs two tonnes and came from the lighthouse on Brack Head when that was automated.

Visitors may light a paraffin lamp themselves on the first Sunday of the month. The museum closes in January, because
the salt in the walls draws water and the rooms have to be dried. It is run by eleven volunteers, most of them retired
pilots. The director, Hedda Mossop, is the only one who is paid.
""",
    "Allotment.txt": """Plot 17b, taken over from Mr Quill in March 2023.

The water is turned off from November to Easter, so fill the butts before. Slugs took all the lettuce last year; copper
tape round the beds worked, coffee grounds did not. The shed key hangs on a nail under the bench. Rent is 48 pounds a
year, payable to Denise at the site office in cash. Bees are allowed, cockerels are not, since the complaint of 2019.

The quince was planted too close to the path and has to be moved while it is dormant. Garlic goes in before the first
frost. Mr Quill's advice: never dig the asparagus bed.
""",
    "Boiler manual.md": """# Boiler Thermika 240

If the display shows E7, the pressure is too low: open the filling loop until the gauge stands at 1.3 bar. After a power
cut the clock has to be set again, the programme is kept. The condensate pipe can freeze below minus six degrees; pour
warm, not boiling, water over it. The filter is cleaned once a year with vinegar. Do not run the boiler without its
cover. Spare parts are held for ten years after the model was discontinued.
""",
    "Letter from Aunt Wilhelmina.txt": """Dear Oriel,

thank you for the photographs. The doctor has taken me off the blue tablets because they made me dizzy, and I sleep much
better. Your cousin Benno has sold the bakery to a couple from Arnwick and wants to learn how to build boats, at
fifty-three! I have told him that his grandfather tried the same and ended up with a very large flowerbox.

I can't come at Christmas, the stairs at your place are too much for my knee, but I would like to have you all here in
February. Bring the recipe for the plum cake, I have lost it.

Your aunt Wilhelmina
""",
    "Choir minutes.md": """# Minutes of the choir, 3 October

Present: fourteen singers. The summer concert brought in 1,260 pounds, of which 400 go to the roof of the chapel. Tamar
will take over the music library from Joss, who is moving to Leeds. Rehearsals move from Tuesday to Thursday because
the hall is let to the judo club. The tenors ask for more light at the back. It was decided not to sing the requiem in
spring, as there are only two basses left. Next meeting on 9 January in the vestry.
""",
}
QUESTIONS = (
    "What was the museum's building used for before?",
    "How heavy is the biggest lens?",
    "Where does the museum's great lens come from?",
    "Why is the museum shut in January?",
    "Who gets paid at the museum?",
    "What did the museum cost to build?",
    "What helped against the slugs?",
    "Where is the key of the shed?",
    "Whom do I pay for the allotment?",
    "Which animals may not be kept on the plots?",
    "How old is Mr Quill?",
    "What does E7 mean?",
    "How should a frozen condensate pipe be thawed?",
    "How long can I still get spare parts?",
    "Why did my aunt stop taking the blue tablets?",
    "Who bought Benno's bakery?",
    "What is my aunt's telephone number?",
    "How much of the concert's takings is for the chapel roof?",
    "Why did the choir change the day of rehearsals?",
    "Who will conduct the choir in spring?",
)


def main() -> None:
    """Ask, write the transcript, print figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("reader", choices=("on", "off"))
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory(prefix="secondme-transcript-") as folder:
        root = Path(folder)
        settings = root / "reader.toml"
        save(settings, "answer.reader", arguments.reader)
        clock = EvaluationClock(NOW)
        with temporary_engine(root, settings, clock, cache=root / "cache", me=ME, model="") as engine:
            paragraphs = list(_asked(engine, _take_in(engine, root / "files"), answers))
    title = f"# Twenty questions on files, the reader {arguments.reader}"
    held = "As it came from the bundled model; `benchmarks/chat/reader_transcript.py` holds the files."
    arguments.out.write_text("\n\n".join([title, held, *paragraphs]) + "\n", encoding="utf-8")
    figures = {
        "benchmark": "reader_transcript",
        "reader": arguments.reader,
        "questions": len(answers),
        "refused": sum(answer.refused for answer in answers),
        "words_p50": statistics.median(len(_first_line(answer).split()) for answer in answers),
    }
    print(json.dumps(figures))


def _take_in(engine: Engine, folder: Path) -> Path:
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for event in engine.ingest([folder]):
        if isinstance(event, Failed):
            raise SecondMeError(event.what, event.remedy)
    engine.settle()
    return folder


def _asked(engine: Engine, folder: Path, answers: list[Answer]) -> Iterator[str]:
    """The paragraphs of the transcript; the replies are added to `answers`."""
    yield f"Files: {', '.join(sorted(path.name for path in folder.iterdir()))}."
    for question in QUESTIONS:
        *_, end = engine.ask(question, remember=False)
        if not isinstance(end, Done):
            raise SecondMeError("The model failed in the middle of the questions.", "`secondme doctor` says more.")
        answers.append(end.answer)
        yield f"**{ME}:** {question}"
        yield f"**Second Me:** {end.answer.text}"
        if end.answer.refused:
            yield "<sub>refused</sub>"


def _first_line(answer: Answer) -> str:
    return answer.text.partition("\n")[0]


if __name__ == "__main__":
    main()
