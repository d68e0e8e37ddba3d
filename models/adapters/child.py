"""The process that trains an adapter: `python -P -m models.adapters.child OPTIONS`.

`models.adapters.process` starts it. Requests: {"pause": true or false} · {"stop": true}.
Replies: {"progress": {...}} · {"end": {...}} · {"failed": [what, remedy], "needed": bytes}.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import threading
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from models.adapters.backend import Backend
from models.adapters.mlx_backend import MlxBackend
from models.adapters.numpy_backend import NumpyBackend
from models.adapters.trainer import Trainer
from models.child.wire import Message, take_over_pipes
from models.protocol import ModelError
from models.protocol.training import Branch, Example, TrainingEnd, TrainingOptions

BACKENDS: dict[str, type[Backend]] = {"mlx": MlxBackend, "numpy": NumpyBackend}


def backend_here() -> str:
    """What computes on this machine: MLX on Apple's chips, where it is installed; else NumPy."""
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return "mlx" if apple and find_spec("mlx") is not None else "numpy"


def main() -> None:
    """Train as the options say."""
    stop, may_run = threading.Event(), threading.Event()
    may_run.set()

    def take(request: Message) -> None:
        if request.get("pause"):
            may_run.clear()
        else:
            if request.get("stop"):
                stop.set()
            may_run.set()

    reply = take_over_pipes(take)
    options = json.loads(sys.argv[1])
    trainer = Trainer(BACKENDS[options["backend"] or backend_here()], wait=may_run.wait)
    try:
        examples = read_examples(Path(options["examples"]))
        training = TrainingOptions(**options["training"])
        for event in trainer.train(Path(options["base"]), examples, training, Path(options["folder"]), stop):
            if isinstance(event, TrainingEnd):
                reply({"end": asdict(event) | {"adapter": str(event.adapter or "")}})
            else:
                reply({"progress": asdict(event)})
    except ModelError as error:
        reply({"failed": [error.what, error.remedy], "needed": getattr(error, "needed", 0)})
    except BrokenPipeError:
        os._exit(0)
    except OSError as error:
        what = f"The training cannot go on: {error.strerror or error}."
        reply({"failed": [what, "Make room on the disk, and start it again."], "needed": 0})


def read_examples(path: Path) -> list[Example]:
    """The examples that `as_json` wrote. Raises OSError."""
    return [
        Example(
            tuple(prefix),
            tuple(
                Branch(tuple(tokens), tuple(map(bool, counted)), weight, anchor)
                for tokens, counted, weight, anchor in branches
            ),
        )
        for prefix, branches in json.loads(path.read_text())
    ]


if __name__ == "__main__":
    main()
