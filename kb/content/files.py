"""Reading the packaged content (kb/content/README.md describes every file)."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def read(name: str) -> Any:
    """The parsed file `kb/content/<name>.json`."""
    return json.loads(resources.files(__package__).joinpath(f"{name}.json").read_text("utf-8"))
