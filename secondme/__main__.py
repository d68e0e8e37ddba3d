"""`python -m secondme`. The folder a person stands in must not shadow our packages (models/, storage/ are common)."""

import sys
from pathlib import Path

if not getattr(sys.flags, "safe_path", False) and sys.path:
    here = Path(__file__).resolve().parent.parent
    if Path(sys.path[0] or ".").resolve() != here:
        del sys.path[0]

from secondme.cli.main import main

if __name__ == "__main__":
    main()
