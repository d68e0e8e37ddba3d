"""Settings: one schema that makes the TOML file, its documentation and `secondme config`."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondme.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from models.protocol.place import Place


def setting(key: str, default: Any, description: str) -> Any:
    """A field of Settings with its key in the file and what it is for."""
    return dataclasses.field(default=default, metadata={"key": key, "description": description})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default."""

    me_name: str = setting("me.name", "", "Your name in chats and notes.")
    me_also: str = setting("me.also", "", "Other names of yours in chats, separated by commas.")
    model_path: str = setting(
        "model.path",
        "",
        "A GGUF file, or on Apple's chips a folder with an MLX model, to answer with. Empty: the bundled model; "
        "`none`: quotes only.",
    )
    model_context: int = setting("model.context", 4096, "Context window in tokens, at most what the model has.")
    model_threads: int = setting("model.threads", 0, "Threads for the model. 0: one for each core.")
    model_memory: str = setting(
        "model.memory",
        "",
        "The most that the model's process may hold, such as 6GB, the page cache of its files included: a larger model "
        "is read from disk as it answers. Empty: what it needs, as far as that is free.",
    )
    model_cache: str = setting(
        "model.cache", "auto", "Type of the model's attention cache: f16, q8_0 (half the memory), or auto."
    )
    model_gpu_layers: str = setting(
        "model.gpu_layers", "auto", "Layers of the model on a GPU: a number, or auto for as many as it has room for."
    )
    model_library: str = setting(
        "model.library",
        "",
        "A library of llama.cpp, its file or folder, to run models with instead of the one that came along.",
    )
    model_states: str = setting(
        "model.states", "1GB", "Room on disk for what the model has read, so that it need not read it again; 0: none."
    )
    server_url: str = setting(
        "server.url",
        "",
        "A model server to answer with instead, such as http://localhost:11434/v1 for Ollama. "
        "Only this machine, unless server.elsewhere names its host.",
    )
    server_model: str = setting("server.model", "", "The server's name for the model. Empty: the first that it lists.")
    server_elsewhere: str = setting(
        "server.elsewhere",
        "",
        "The one host outside this machine that server.url and embedder.server_url may name. As server.url it is sent "
        "your questions, the chat, the recalled passages, your profile, and what background jobs read of your memory; "
        "as embedder.server_url every passage of your memory and every question. Empty: nothing leaves this machine.",
    )
    server_key_variable: str = setting(
        "server.key_variable", "", "The environment variable that holds the server's key when the engine starts."
    )
    server_context: int = setting(
        "server.context", 4096, "Context window in tokens of the model on the server, at most what the server reports."
    )
    embedder_path: str = setting("embedder.path", "", "A GGUF embedding model. Empty: the bundled one.")
    embedder_bundled: str = setting(
        "embedder.bundled",
        "auto",
        "Which of the bundled embedders: multilingual (all languages), english (faster, English only), or auto.",
    )
    embedder_server_url: str = setting(
        "embedder.server_url", "", "A server to embed with instead; server.elsewhere applies as for server.url."
    )
    embedder_server_model: str = setting("embedder.server_model", "", "That server's name for the embedding model.")
    answer_read_seconds: float = setting(
        "answer.read_seconds", 4.0, "Seconds that the model may take to read the recalled passages before an answer."
    )
    answer_everything: str = setting(
        "answer.everything",
        "auto",
        "Whether the model reads all you know instead of the best passages, where it fits and is read in time: auto (a "
        "model that is not small and is on this machine), off, or always, also by a server elsewhere.",
    )
    answer_reader: str = setting(
        "answer.reader",
        "on",
        "Whether the bundled model reads passages with the adapter that was trained for it: on, or off.",
    )
    answer_max_tokens: int = setting("answer.max_tokens", 120, "The longest answer, in tokens.")
    answer_thinking_tokens: int = setting(
        "answer.thinking_tokens", 512, "How much a reasoning model may think before it answers, in tokens."
    )
    index_exact_below: int = setting(
        "index.exact_below", 20000, "Up to so many spans, vectors are searched exactly; beyond, through the index."
    )
    index_sync_threshold: int = setting("index.sync_threshold", 1000, "Writes to the index between two saves to disk.")
    ingest_max_bytes: int = setting(
        "ingest.max_bytes",
        20_000_000,
        "Larger text files are skipped, and listed; PDF, office files, books and mail may be ten times as large.",
    )
    forgetting: str = setting(
        "memory.forgetting",
        "gentle",
        "How memories that nobody recalls fade from the hot indexes: off, gentle or strong. A second look finds them.",
    )
    recall_facts: str = setting(
        "recall.facts", "off", "Whether passages that state the fact asked for rank higher: off or on."
    )
    jobs_hours: str = setting(
        "jobs.hours", "", "Hours in which background jobs may run by themselves, such as 22:00-06:00; empty: any."
    )
    jobs_battery: int = setting(
        "jobs.battery", 30, "On battery, background jobs do not run by themselves below this charge, in percent."
    )
    self_train: str = setting(
        "self.train",
        "off",
        "Whether the model is taught at night, on mains power, what your memory holds: off or on. What it learnt is "
        "used only if it passes its trial (`secondme self`).",
    )
    self_voice: str = setting(
        "self.voice",
        "off",
        "Whether a model of 0.5B and more is also taught at night, on mains power, how you write, from your own "
        "messages alone: off or on. `secondme draft` then writes so.",
    )
    engine_linger_seconds: float = setting(
        "engine.linger_seconds", 60.0, "Seconds that the engine stays after the last window closed."
    )
    ui_keys: str = setting(
        "ui.keys",
        "",
        'Other keys for actions of the app: a table [ui.keys] with lines such as find = "ctrl+g" or '
        'sources.forget = "f"; in one line `find = ctrl+g; sources.forget = f`. F1 in the app lists the actions.',
    )
    ui_theme: str = setting(
        "ui.theme", "secondme-dark", "Colours of the app: secondme-dark, secondme-light, or a theme of Textual."
    )


_FIELDS = {field.metadata["key"]: field for field in dataclasses.fields(Settings)}


_CHOICES = {
    "memory.forgetting": ("off", "gentle", "strong"),
    "recall.facts": ("off", "on"),
    "self.train": ("off", "on"),
    "self.voice": ("off", "on"),
    "answer.everything": ("auto", "off", "always"),
    "answer.reader": ("on", "off"),
    "model.cache": ("auto", "f16", "q8_0"),
    "embedder.bundled": ("auto", "multilingual", "english"),
}
_LEAST = {"model.context": 256, "server.context": 256, "answer.max_tokens": 1, "ingest.max_bytes": 1}
"""The smallest numbers that work; of any other number, 0."""
_TABLES = ("ui.keys",)
"""Settings that are a table in the file, and `name = value; name = value` as text."""
_SIZES = ("model.memory", "model.states")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?", re.IGNORECASE)
_WHAT_LEAVES = {
    "server.url": "your questions with their chat, the passages recalled for them, your profile, and what background "
    "jobs read of your memory",
    "embedder.server_url": "every passage of your memory and every question",
}
"""What a server elsewhere gets, by the setting that names it."""
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HOURS = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d\s*-\s*(?:[01]?\d|2[0-3]):[0-5]\d")


def describe() -> list[tuple[str, str, str]]:
    """(key, default as text, description) of every setting."""
    return [(key, str(field.default), field.metadata["description"]) for key, field in _FIELDS.items()]


def choices_of(key: str) -> tuple[str, ...]:
    """The values that a setting takes, when they can be listed; else none."""
    return _CHOICES.get(key, ())


def load(file: Path) -> tuple[Settings, list[str]]:
    """The settings in force and warnings about lines that mean nothing. A missing file is all defaults.

    Raises UsageError when the file is not TOML or a value has the wrong type.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"The settings file {file} cannot be read ({error}).", "Mend or delete it.") from error
    flat: dict[str, Any] = {}
    for section, values in raw.items():
        if isinstance(values, dict):
            flat.update({f"{section}.{key}": value for key, value in values.items()})
        else:
            flat[section] = values
    warnings = [f"{file}: nobody reads the setting {key}." for key in flat if key not in _FIELDS]
    known: dict[str, Any] = {}
    for key, value in flat.items():
        if key in _TABLES:
            try:
                known[_FIELDS[key].name] = text_of_table(value)
            except UsageError as error:  # keys of the app must not keep the engine from starting
                warnings.append(f"{file}: {error.what} The default is in force.")
        elif _is_too_small(key, value):
            # Once accepted, so that it must not keep the engine from starting.
            warnings.append(f"{file}: {key} takes at least {_LEAST[key]}, not {value}; the default is in force.")
        elif key in _FIELDS:
            known[_FIELDS[key].name] = _convert(key, str(value) if isinstance(value, bool) else value)
    return Settings(**known), warnings


def _is_too_small(key: str, value: Any) -> bool:
    return key in _LEAST and isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LEAST[key]


def value_of(settings: Settings, key: str) -> str:
    """A setting's value as text. Raises NothingFound for an unknown key."""
    return str(getattr(settings, _field(key).name))


def save(file: Path, key: str, value: str) -> None:
    """Write one setting, keeping the rest of the file as it is, comments included. An empty value takes it back: the
    default is in force again.

    Raises UsageError for a value that is no good, also for a server elsewhere that was not allowed.
    """
    import tomlkit

    from models.machine.atomic_file import replace_file

    converted: Any = _convert(key, value) if value.strip() else _field(key).default
    if key in _WHAT_LEAVES and converted:
        _check_server(key, converted, load(file)[0])
    if key == "embedder.path" and converted:
        converted = str(Path(converted).expanduser().absolute())
    if not value.strip() and not file.exists():
        return
    document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    section, _, name = key.partition(".")
    if section not in document:
        document[section] = tomlkit.table()
    if value.strip():
        document[section][name] = table_of_text(converted) if key in _TABLES else converted
    else:
        document[section].pop(name, None)
    replace_file(file, tomlkit.dumps(document).encode())


def text_of_table(value: Any, prefix: str = "") -> str:
    """A table of the settings file in one line, `find = ctrl+g; sources.forget = f x`: inner tables by dotted names,
    lists by their words. A text stays as it is. Raises UsageError for anything else."""
    if isinstance(value, str) and not prefix:
        return value
    if not isinstance(value, dict):
        raise UsageError(f"ui.keys takes a table of actions and their keys, not {value!r}.")
    lines = []
    for name, inner in value.items():
        if isinstance(inner, dict):
            lines.append(text_of_table(inner, f"{prefix}{name}."))
        elif isinstance(inner, str | int) or (isinstance(inner, list) and all(isinstance(k, str) for k in inner)):
            words = " ".join(inner) if isinstance(inner, list) else str(inner)
            lines.append(f"{prefix}{name} = {words}")
        else:
            raise UsageError(f"ui.keys.{prefix}{name} takes the names of keys, not {inner!r}.")
    return "; ".join(line for line in lines if line)


def table_of_text(text: str) -> dict[str, str]:
    """What `text_of_table` wrote, as a table. Raises UsageError for a part without `=`."""
    table: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        name, sign, keys = (piece.strip() for piece in part.partition("="))
        if not sign or not name or not keys:
            raise UsageError(f"ui.keys takes lines such as `find = ctrl+g`, not {part!r}.")
        table[name] = keys
    return table


def bytes_of(size: str) -> int:
    """A size such as 6GB, 800 MB or 4GiB in bytes; empty is 0. Raises UsageError."""
    found = _SIZE.fullmatch(size.strip()) if size.strip() else None
    if found is None:
        if not size.strip():
            return 0
        raise UsageError(f"{size!r} is no size.", "Write it like 6GB or 800MB.")
    unit = 1024 if found[3] else 1000
    return int(float(found[1]) * unit ** " kmgt".index(found[2].lower() or " "))


def server_place(settings: Settings, key: str) -> Place:
    """Where the server is that `server.url` or `embedder.server_url` (`key`) names. Raises ModelError if it may not
    be asked."""
    from models.protocol.place import permitted_place  # loads NumPy, which no start-up waits for

    return permitted_place(value_of(settings, key), settings.server_elsewhere, _WHAT_LEAVES[key])


def _check_server(key: str, url: str, settings: Settings) -> None:
    from models.protocol import ModelError
    from models.protocol.place import permitted_place

    try:
        permitted_place(url, settings.server_elsewhere, _WHAT_LEAVES[key])
    except ModelError as error:
        raise UsageError(error.what, error.remedy) from error


def _field(key: str) -> dataclasses.Field[Any]:
    if key not in _FIELDS:
        raise NothingFound(f"There is no setting {key}.", "`secondme config list` names them all.")
    return _FIELDS[key]


def _convert(key: str, value: Any) -> Any:
    kind: type = type(_field(key).default)
    convert: Callable[[Any], Any] = kind
    try:
        converted = convert(value)
    except (TypeError, ValueError) as error:
        wanted = {int: "a whole number", float: "a number"}.get(kind, "text")
        raise UsageError(f"{key} takes {wanted}, not {value!r}.") from error
    allowed = _CHOICES.get(key)
    if allowed and converted not in allowed:
        raise UsageError(f"{key} takes {' or '.join(allowed)}, not {value!r}.")
    if key in _SIZES:
        bytes_of(converted)
    if key == "model.gpu_layers" and converted != "auto" and not converted.isdecimal():
        raise UsageError(f"{key} takes a number or auto, not {value!r}.")
    if key == "jobs.hours" and converted and not _HOURS.fullmatch(converted):
        raise UsageError(f"{key} takes hours such as 22:00-06:00, not {value!r}.")
    if key == "server.elsewhere" and converted and not _HOST.fullmatch(converted):
        raise UsageError(f"{key} takes the name of a host such as api.example.com, not {value!r}.")
    if key == "server.key_variable" and converted and not _VARIABLE.fullmatch(converted):
        raise UsageError(f"{key} takes the name of an environment variable, not the key itself.")
    if kind in (int, float) and converted < _LEAST.get(key, 0):
        least = f"takes at least {_LEAST[key]}" if key in _LEAST else "cannot be negative"
        raise UsageError(f"{key} {least}, not {value!r}.", f'`secondme config set {key} ""` takes the setting back.')
    return converted
