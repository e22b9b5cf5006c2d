"""publiccode.yml says the same as the rest of the project, and has what the standard asks for.

The standard's own validator runs in .github/workflows/ci.yml; it needs a program that is on no
package index of ours. Here pydantic holds the file to version 0 of the standard. `url` is added by
who publishes it (CONTRIBUTING.md, Releasing): until then it is all that is missing.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Annotated, Literal

import pytest
import yaml
from babel import Locale
from packaging.licenses import canonicalize_license_expression
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    ValidationError,
)
from pydantic.alias_generators import to_camel

from .citations import Project

PROJECT = Project()
RELEASED = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", re.MULTILINE)
SOFTWARE_TYPES = (
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web",
    "standalone/backend", "standalone/other", "addon", "library", "configurationFiles",
)  # fmt: skip


def _public(url: HttpUrl) -> HttpUrl:
    """An address for examples or for one machine is none that a catalogue could fetch."""
    if re.search(r"(^|\.)(example(\.\w+)?|localhost|invalid|test)$", url.host or "."):
        raise ValueError("not a public address")
    return url


Said = Annotated[str, StringConstraints(min_length=1)]
Language = Annotated[str, AfterValidator(lambda code: str(Locale.parse(code, sep="-")))]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
PublicUrl = Annotated[HttpUrl, AfterValidator(_public)]


class Section(BaseModel):
    """A section of the file: a key that the standard does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class Audience(Section):
    scope: list[Said]
    countries: list[Country]


class Description(Section):
    localised_name: Said
    short_description: Annotated[str, StringConstraints(min_length=1, max_length=150)]
    long_description: Annotated[str, StringConstraints(min_length=150, max_length=10_000)]
    features: Annotated[list[Said], Field(min_length=1)]


class Legal(Section):
    license: Annotated[str, AfterValidator(canonicalize_license_expression)]


class Contact(Section):
    name: Said
    email: Said | None = None
    affiliation: Said | None = None


class Maintenance(Section):
    type: Literal["internal", "contract", "community", "none"]
    contacts: Annotated[list[Contact], Field(min_length=1)]


class Localisation(Section):
    localisation_ready: bool
    available_languages: Annotated[list[Language], Field(min_length=1)]


class Dependency(Section):
    name: Said
    version_min: Said | None = None
    optional: bool = False


class Dependencies(Section):
    open: list[Dependency]


class Metadata(Section):
    """The whole file, with the keys that we use."""

    publiccode_yml_version: Literal["0"]
    name: Said
    url: PublicUrl
    software_version: Said | None = None
    release_date: date | None = None
    platforms: Annotated[list[Said], Field(min_length=1)]
    categories: Annotated[list[Said], Field(min_length=1)]
    development_status: Literal["concept", "development", "beta", "stable", "obsolete"]
    software_type: Literal[SOFTWARE_TYPES]
    intended_audience: Audience
    description: Annotated[dict[Language, Description], Field(min_length=1)]
    legal: Legal
    maintenance: Maintenance
    localisation: Localisation
    depends_on: Dependencies


def faults(metadata: dict) -> list[str]:
    """Where the standard would refuse the file."""
    try:
        Metadata.model_validate(metadata)
    except ValidationError as refused:
        return [".".join(map(str, fault["loc"])) for fault in refused.errors()]
    return []


@pytest.fixture
def metadata():
    return yaml.safe_load(PROJECT.read("publiccode.yml"))


@pytest.fixture
def published(metadata):
    """As it will stand in the public repository."""
    return {"url": "https://code.europa.eu/sparringsrummet.git"} | metadata


def test_nothing_is_wrong_with_it(published):
    assert faults(published) == []


def test_the_address_is_a_public_one_or_there_is_none_yet(metadata):
    assert faults(metadata) == ([] if "url" in metadata else ["url"])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data.pop("url"), "url"),
        (lambda data: data.update(url="https://example.org/sparringsrummet.git"), "url"),
        (lambda data: data.update(url="sparringsrummet"), "url"),
        (lambda data: data.update(owner="nobody"), "owner"),
        (lambda data: data["legal"].clear(), "legal.license"),
        (lambda data: data["legal"].update(license="Ours"), "legal.license"),
        (lambda data: data.update(developmentStatus="ready"), "developmentStatus"),
        (lambda data: data["intendedAudience"].update(countries=["dk"]),
         "intendedAudience.countries.0"),
        (lambda data: data["maintenance"].update(contacts=[]), "maintenance.contacts"),
        (lambda data: data["description"]["da"].update(shortDescription="x" * 151),
         "description.da.shortDescription"),
        (lambda data: data["description"]["en"].update(longDescription="short"),
         "description.en.longDescription"),
        (lambda data: data["description"]["en"].pop("features"), "description.en.features"),
    ],
)  # fmt: skip
def test_the_control_what_is_wrong_is_seen(published, change, fault):
    change(published)

    assert faults(published) == [fault]


def test_it_agrees_with_the_project(metadata, settings):
    project = tomllib.loads(PROJECT.read("pyproject.toml"))["project"]

    assert metadata["legal"]["license"] == project["license"]
    assert metadata["localisation"]["availableLanguages"] == [
        code for code, _ in settings.LANGUAGES
    ]
    assert project["version"] in PROJECT.read("CHANGELOG.md")


def test_it_names_the_newest_release_and_none_before_there_is_one(metadata):
    release = RELEASED.search(PROJECT.read("CHANGELOG.md"))
    newest = release.groups() if release else (None, None)

    assert (metadata.get("softwareVersion"), metadata.get("releaseDate")) == newest


def test_the_workflow_calls_the_one_script_of_ci():
    jobs = yaml.safe_load(PROJECT.read(".github/workflows/ci.yml"))["jobs"]
    commands = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    called = {word for command in commands for word in re.findall(r"make ([a-z-]+)", command)}

    assert ".ci/run" in commands
    assert called <= PROJECT.targets
