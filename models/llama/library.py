"""What every process that loads llama.cpp has to do to it first."""

from __future__ import annotations

import ctypes
import os
from typing import Any

_GPU = 1
"""GGML_BACKEND_DEVICE_TYPE_GPU of ggml-backend.h."""


def load_library() -> tuple[Any, Any]:
    """The library llama_cpp, and a log callback that has to be kept for as long as the library is used.

    `llama_cpp.Llama` passes no setting for AMX, hence a changed default.
    """
    import llama_cpp

    log = llama_cpp.llama_log_callback(_write_warning)
    llama_cpp.llama_log_set(log, ctypes.c_void_p(0))
    if broken_amx(llama_cpp):
        original = llama_cpp.llama_cpp.llama_model_default_params

        def without_extra_buffers() -> Any:
            params = original()
            params.use_extra_bufts = False
            return params

        llama_cpp.llama_cpp.llama_model_default_params = without_extra_buffers
    return llama_cpp, log


def _write_warning(level: int, text: bytes, _: ctypes.c_void_p) -> None:
    """Log callback of llama.cpp: warnings (3) and errors (4) go to the log, the rest is chatter."""
    if level in (3, 4):
        os.write(2, text)


def broken_amx(llama_cpp: Any) -> bool:
    """Whether llama.cpp was compiled with AMX kernels, which are not to be used.

    Compiled by GCC 12 (Debian 12) they die with SIGILL at the first matrix: the tile configuration is optimised
    away before it is loaded. AMX is reached through the extra buffer types only.
    """
    return b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info()


def gpu_bytes(llama_cpp: Any) -> int:
    """Free memory of all GPUs that llama.cpp was compiled for; 0 without any."""
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
