"""Only a library of llama.cpp that was tested is used; any other is refused in one sentence."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from models.bundled import BundledLanguageModel
from models.llama.builds import CONTEXT_DEFAULTS, TESTED, UnknownBuild, fit
from models.llama.language_model import LlamaLanguageModel
from models.llama.library import VARIABLE, choose_library, describe_library, function, import_llama_cpp, library_file
from models.protocol import ChatTurn, GenerateRequest, ModelError

ROOT = Path(__file__).parents[3]


def loading(library: Path) -> str:
    """What a new process says of a library: why it is refused, "" if it is used."""
    code = (
        "from models.llama.library import UnknownBuild, import_llama_cpp\n"
        "try:\n    import_llama_cpp()\nexcept UnknownBuild as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={VARIABLE: str(library)}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_library_that_came_along_is_a_tested_build_with_a_backend() -> None:
    library = describe_library()
    assert library.version in TESTED
    assert library.path == library_file()
    assert library.features
    assert function("ggml_backend_cpu_reg")


def test_fields_of_the_context_are_read_where_the_library_has_them() -> None:
    params = import_llama_cpp().llama_cpp.llama_context_default_params()
    told = {name: getattr(params, name) for name, *_ in params._fields_}
    assert (told["n_batch"], told["offload_kqv"], told["swa_full"], bool(told["samplers"])) == (2048, True, True, False)


def test_a_library_whose_structs_have_other_fields_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = import_llama_cpp().llama_cpp
    shifted = [field for field in declared.llama_context_params._fields_ if field[0] != "abort_callback_data"]
    other = type("llama_context_params", (ctypes.Structure,), {"_fields_": shifted})
    library = declared._lib
    version = describe_library().version
    monkeypatch.setitem(TESTED, version, type(TESTED[version])())
    monkeypatch.setattr(declared, "llama_context_params", other)
    with pytest.raises(UnknownBuild, match=r"llama_context_default_params are not those of ggml .*swa_full.*size"):
        fit(declared, library)


def test_a_default_that_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = import_llama_cpp().llama_cpp
    version = describe_library().version
    monkeypatch.setitem(TESTED, version, type(TESTED[version])())
    monkeypatch.setitem(CONTEXT_DEFAULTS, "n_ubatch", 1024)
    with pytest.raises(UnknownBuild, match=r"\(n_ubatch\)"):
        fit(declared, declared._lib)


def test_a_version_that_was_not_tested_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = import_llama_cpp().llama_cpp
    version = describe_library().version
    monkeypatch.delitem(TESTED, version)
    with pytest.raises(UnknownBuild, match=f"its library has ggml {version}, and tested are"):
        fit(declared, declared._lib)


def test_a_folder_without_a_library_and_a_truncated_one_are_refused(tmp_path: Path) -> None:
    assert loading(tmp_path) == f"its library is missing: there is none in {tmp_path}"
    whole = library_file().read_bytes()
    cut = tmp_path / "libllama.so"
    cut.write_bytes(whole[: len(whole) // 3])
    assert loading(tmp_path) == f"its library {cut} is cut short"
    cut.write_text("not a library")
    assert loading(tmp_path).startswith(f"its library {cut} cannot be loaded (")


def test_another_library_than_llama_cpp_is_refused(tmp_path: Path) -> None:
    import sqlite3  # any shared library will do

    extension = sys.modules.get("_sqlite3")
    file = getattr(extension, "__file__", None)
    if file is None:
        pytest.skip(f"this Python has {sqlite3.__name__} built in")
    shutil.copyfile(file, tmp_path / "libllama.so")
    assert loading(tmp_path).startswith(("its library lacks a function", "its library has ggml of an unknown version"))


def test_a_model_says_that_the_library_is_at_fault(
    language_model: BundledLanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    model = LlamaLanguageModel(language_model.path, tmp_path / "log")
    with pytest.raises(ModelError) as caught:
        list(model.generate(GenerateRequest([ChatTurn("user", "Hello")], 4), threading.Event()))
    assert caught.value.what == f"llama.cpp cannot be used: its library is missing: there is none in {tmp_path}."
    assert "model.library" in caught.value.remedy


def test_a_setting_names_the_library_and_its_end_brings_the_usual_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    usual = library_file()
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / usual.name).write_bytes(b"")
    choose_library(str(folder))
    assert library_file() == folder / usual.name
    choose_library("")
    assert library_file() == usual
