"""The Java that runs the local Elasticsearch."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from devtools.elasticsearch.folders import ElasticsearchUnavailable, reachable, service_user

MINIMUM_JAVA = 21
JVM_FOLDERS = (
    "/usr/lib/jvm",
    "/usr/lib64/jvm",
    "/opt/java",
    "/opt",
    "/Library/Java/JavaVirtualMachines",
)


def java_home() -> Path:
    """The newest JDK of version 21 or later on this machine."""
    found = [(version, home) for home in _java_candidates() if (version := _java_version(home))]
    fit = [pair for pair in found if pair[0] >= MINIMUM_JAVA]
    if not fit:
        seen = ", ".join(sorted({str(version) for version, _ in found})) or "none"
        raise ElasticsearchUnavailable(
            f"Elasticsearch needs Java {MINIMUM_JAVA} or later (found: "
            f"{seen}): install a JDK, or point ES_JAVA_HOME at one."
        )
    return max(fit)[1]


def _java_candidates() -> Iterator[Path]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parent.parent
    for folder in map(Path, JVM_FOLDERS):
        for home in sorted(folder.glob("*")) if folder.is_dir() else []:
            yield from (home, home / "Contents" / "Home")


def _java_version(home: Path) -> int | None:
    if not os.access(home / "bin" / "java", os.X_OK) or not reachable(home, service_user()):
        return None
    with contextlib.suppress(OSError):
        named = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())
        if named:
            return int(named.group(1))
    return None
