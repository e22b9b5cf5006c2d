"""publiccode.yml says the same as the rest of the project, and has what the standard asks for.

The standard's own validator runs in .github/workflows/ci.yml; it needs a program that is on no
package index of ours. Here stand the keys it requires (version 0 of the standard).
"""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from .citations import Project

PROJECT = Project()
REQUIRED = (
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
    "description", "legal.license", "maintenance.type", "maintenance.contacts",
    "localisation.localisationReady", "localisation.availableLanguages",
)  # fmt: skip
STATUSES = ("concept", "development", "beta", "stable", "obsolete")


def faults(metadata: dict) -> list[str]:
    """What the standard would refuse."""
    found = [key for key in REQUIRED if _find(metadata, key) in (None, "", [], {})]
    if metadata.get("developmentStatus") not in STATUSES:
        found.append("developmentStatus")
    for language, said in (metadata.get("description") or {}).items():
        if not 0 < len(said.get("shortDescription", "")) <= 150:
            found.append(f"{language}: shortDescription")
        if not 150 <= len(said.get("longDescription", "")) <= 10_000:
            found.append(f"{language}: longDescription")
        if not said.get("features"):
            found.append(f"{language}: features")
    return found


def _find(metadata: dict, key: str) -> object:
    for part in key.split("."):
        metadata = metadata.get(part) or {}
    return metadata


@pytest.fixture
def metadata():
    return yaml.safe_load(PROJECT.read("publiccode.yml"))


def test_nothing_that_the_standard_asks_for_is_missing(metadata):
    assert faults(metadata) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data.pop("url"), "url"),
        (lambda data: data["legal"].clear(), "legal.license"),
        (lambda data: data.update(developmentStatus="ready"), "developmentStatus"),
        (lambda data: data["description"]["da"].update(shortDescription="x" * 151),
         "da: shortDescription"),
        (lambda data: data["description"]["en"].update(longDescription="short"),
         "en: longDescription"),
        (lambda data: data["description"]["en"].pop("features"), "en: features"),
    ],
)  # fmt: skip
def test_the_control_what_is_missing_is_seen(metadata, change, fault):
    change(metadata)

    assert faults(metadata) == [fault]


def test_it_agrees_with_the_project(metadata, settings):
    project = tomllib.loads(PROJECT.read("pyproject.toml"))["project"]

    assert metadata["softwareVersion"] == project["version"]
    assert metadata["legal"]["license"] == project["license"]
    assert metadata["localisation"]["availableLanguages"] == [
        code for code, _ in settings.LANGUAGES
    ]
    assert project["version"] in PROJECT.read("CHANGELOG.md")


def test_the_workflow_calls_the_one_script_of_ci():
    jobs = yaml.safe_load(PROJECT.read(".github/workflows/ci.yml"))["jobs"]
    commands = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    called = {word for command in commands for word in re.findall(r"make ([a-z-]+)", command)}

    assert ".ci/run" in commands
    assert called <= PROJECT.targets
