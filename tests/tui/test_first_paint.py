"""What the first paint may not wait for."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("chromadb", "llama_cpp", "onnxruntime", "onnx", "mlx", "numpy", "httpx", "uvicorn", "sqlite3", "markdown_it")

PAINT = f"""
import asyncio, sys
from tui.app import SecondMeApp

async def main():
    app = SecondMeApp(lambda: None)
    app._after_first_paint = lambda: None
    async with app.run_test():
        print([name for name in {HEAVY!r} if name in sys.modules])

asyncio.run(main())
"""


def test_the_first_paint_loads_no_model_no_store_no_client_and_no_markdown() -> None:
    done = subprocess.run([sys.executable, "-c", PAINT], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
