"""What only developers and `make run` need; the product imports none of it.

Each tool is run from the project's folder as `python -m devtools.NAME`. `bootstrap` and `run` use
the standard library alone, since they make the environment that the others run in.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NOT_PRODUCT = {"devtools", "tests"}


def rooms(root: Path = ROOT) -> list[str]:
    """The product's top-level packages."""
    packages = {file.parent.name for file in root.glob("*/__init__.py")}
    return sorted(packages - NOT_PRODUCT)
