"""References that leave us are read by programs of others: bibtexparser and pandoc."""

from __future__ import annotations

import json
from datetime import date

import bibtexparser
import pypandoc
import pytest
from bibtexparser import middlewares

from sources.citations import FORMS, KINDS, write
from sources.enums import SourceKind
from sources.models import Source
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
TITLE = r"Tro & tvivl: 27 % af {alle} på_vej, $5 og C:\temp"


@pytest.fixture
def source():
    made = SourceFactory(
        title=TITLE,
        kind="article",
        year=2025,
        published_in="Humanities & Social Sciences",
        pages="14–37",
        publisher="Springer",
        doi="10.1057/s41599-025-04943-4",
        url="https://example.org/a_b%20c?d=1&e=2",
        accessed_on=date(2026, 11, 3),
        written_by=[("Michael", "Van Dijk"), ("", "Sørensen"), "Aarhus Universitet og Co"],
    )
    return Source.objects.with_authors().get(pk=made.pk)


def read_by_bibtexparser(text):
    library = bibtexparser.parse_string(
        text,
        append_middleware=[
            middlewares.SeparateCoAuthors(),
            middlewares.SplitNameParts(),
            middlewares.LatexDecodingMiddleware(),
        ],
    )
    assert not library.failed_blocks
    return library.entries


def read_by_pandoc(text, form):
    return json.loads(pypandoc.convert_text(text, "csljson", format=form))


def test_bibtex_is_read_by_another_program(source):
    (entry,) = read_by_bibtexparser(write([source], "bibtex"))

    values = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("article", source.slug)
    assert values["title"].replace("{", "").replace("}", "") == TITLE.replace("{", "").replace(
        "}", ""
    )
    assert (values["year"], values["pages"]) == ("2025", "14–37")
    assert values["doi"] == "10.1057/s41599-025-04943-4"
    assert values["url"] == "https://example.org/a_b%20c?d=1&e=2"
    assert values["urldate"] == "2026-11-03"
    assert len(values["author"]) == 3


def test_pandoc_reads_the_names_of_the_bibtex_apart(source):
    (read,) = read_by_pandoc(write([source], "bibtex"), "bibtex")

    assert read["type"] == "article-journal"
    assert read["author"] == [
        {"family": "Van Dijk", "given": "Michael"},
        {"family": "Sørensen"},
        {"literal": "Aarhus Universitet og Co"},
    ]


def test_ris_is_read_by_another_program(source):
    (read,) = read_by_pandoc(write([source], "ris"), "ris")

    assert (read["type"], read["title"]) == ("article-journal", TITLE)
    assert read["author"][0] == {"family": "Van Dijk", "given": "Michael"}
    assert read["issued"] == {"date-parts": [[2025]]}
    assert read["DOI"] == "10.1057/s41599-025-04943-4"
    assert read["container-title"] == "Humanities & Social Sciences"


def test_csl_json_is_read_by_another_program(source):
    (read,) = read_by_pandoc(write([source], "csl"), "csljson")

    assert (read["id"], read["type"]) == (source.slug, "article-journal")
    assert read["author"] == [
        {"family": "Van Dijk", "given": "Michael"},
        {"family": "Sørensen"},
        {"literal": "Aarhus Universitet og Co"},
    ]
    assert read["accessed"] == {"date-parts": [[2026, 11, 3]]}
    assert read["page"] == "14–37"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_known_is_left_out(form):
    bare = SourceFactory(title="Uden alt", kind="other", year=None)

    text = write([bare], form)

    assert "Uden alt" in text
    assert not {"None", "author", "AU  -", '"issued"'} & set(text.split('"'))
    assert "None" not in text


@pytest.mark.parametrize("form", FORMS)
def test_that_a_work_is_retracted_goes_with_it(form):
    source = SourceFactory(retracted_on=date(2024, 5, 1), retracted_because="Tallene\nvar byttet.")

    assert "Retracted 2024-05-01: Tallene var byttet." in write([source], form)


def test_several_sources_come_as_several_entries():
    sources = [SourceFactory(title="Den ene"), SourceFactory(title="Den anden")]

    assert [entry.key for entry in read_by_bibtexparser(write(sources, "bibtex"))] == [
        "den-ene", "den-anden"
    ]  # fmt: skip
    assert len(read_by_pandoc(write(sources, "ris"), "ris")) == 2
    assert len(json.loads(write(sources, "csl"))) == 2


def test_every_kind_has_its_name_in_every_form():
    assert KINDS.keys() == set(SourceKind.values)
