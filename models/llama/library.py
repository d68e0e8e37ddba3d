"""Loading llama.cpp, and what its build can do."""

from __future__ import annotations

import ctypes
import os
from typing import Any

_GPU = 1
"""GGML_BACKEND_DEVICE_TYPE_GPU of ggml-backend.h."""


def load_library() -> tuple[Any, Any]:
    """Load llama_cpp. Returns it, and a log callback to keep a reference to for as long as the library is used.

    `llama_cpp.Llama` passes no setting for AMX, so the default of that setting is changed.
    """
    import llama_cpp

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
