"""Stop the embedded server, should a killed process have left it behind: nobody else's is stopped.

python -m devtools.postgres
"""

from __future__ import annotations

import os
from pathlib import Path

from devtools import ROOT
from devtools.postgres.cluster import Cluster

if __name__ == "__main__" and not os.environ.get("DATABASE_URL"):
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    Cluster(var.resolve() / "postgres").stop_if_unused()
