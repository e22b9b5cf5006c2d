"""CHANGELOG.md keeps the form that tools and people know (Keep a Changelog)."""

from __future__ import annotations

import re

from .citations import Project

KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def faults(text: str) -> list[str]:
    """Headings out of form or order; `## [Unreleased]` comes first."""
    releases = re.split(r"^## ", text, flags=re.M)[1:]
    names = [release.splitlines()[0] for release in releases]
    wrong = [name for name in names[1:] if not re.fullmatch(r"\[[\d.]+\] - \d{4}-\d\d-\d\d", name)]
    wrong += [] if names[:1] == ["[Unreleased]"] else names[:1]
    for release in releases:
        kinds = re.findall(r"^### (.+)$", release, flags=re.M)
        wrong += [kind for kind in kinds if kind not in KINDS]
        known = [KINDS.index(kind) for kind in kinds if kind in KINDS]
        wrong += ["order"] if known != sorted(set(known)) else []
    return wrong


def test_the_change_log_has_the_form():
    assert faults(Project().read("CHANGELOG.md")) == []


def test_the_control_what_has_not_the_form_is_seen():
    text = "# C\n## [Unreleased]\n### Fixed\n### Added\n### Mended\n## 0.1.0 – unreleased\n"

    assert faults(text) == ["0.1.0 – unreleased", "Mended", "order"]
