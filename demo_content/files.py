"""Reading the packaged content (demo_content/README.md describes every file)."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def read(name: str, package: str = "demo_content") -> Any:
    """The parsed file `<name>.json` of a content folder, the demo's own unless another is named."""
    return json.loads(resources.files(package).joinpath(f"{name}.json").read_text("utf-8"))
