"""A source is written down once, and what is wrong in it is said in one clear sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sources.models import Source, SourceAuthor
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
DOI = "10.1057/s41599-025-04943-4"


@pytest.mark.parametrize(
    "written",
    [
        DOI,
        f"  {DOI} ",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        f"doi:{DOI}",
        f"DOI: {DOI.upper()}",
        f"doi.org/{DOI}",
    ],
)
def test_a_doi_may_be_pasted_as_it_stands(written):
    source = Source(title="Målt parathed", kind="article", doi=written)

    source.full_clean(exclude=["slug"])
    source.save()

    assert Source.objects.get().doi == DOI
    assert source.link == f"https://doi.org/{DOI}"


@pytest.mark.parametrize("wrong", ["kilden", "10.1057", "11.1057/x", "10.1/x", "10.1057/a b"])
def test_a_wrong_doi_gives_one_sentence_at_its_field(wrong):
    source = Source(title="Målt parathed", kind="article", doi=wrong)

    with pytest.raises(ValidationError) as refusal:
        source.full_clean(exclude=["slug"])

    assert refusal.value.message_dict == {
        "doi": ["En DOI ser ud som 10.1057/s41599-025-04943-4. Kopiér den fra selve værket."]
    }


def test_the_second_source_of_a_doi_is_led_to_the_first():
    SourceFactory(title="Målt parathed", doi=DOI)
    second = Source(title="Den samme", kind="article", doi=DOI.upper())

    with pytest.raises(ValidationError) as refusal:
        second.full_clean(exclude=["slug"])

    assert refusal.value.message_dict["doi"] == [
        "»Målt parathed« har allerede denne DOI. Brug den."
    ]


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"title": "  "}, "source_has_a_title"),
        ({"doi": "10.1057"}, "source_doi_has_its_shape"),
        ({"doi": DOI.upper()}, "source_once_per_doi"),
        ({"year": 33}, "source_year_is_a_year"),
        ({"accessed_on": "2026-11-30"}, "source_seen_at_an_address"),
        ({"retracted_on": "2026-11-30"}, "source_retracted_with_a_reason"),
        ({"retracted_because": "Tallene var byttet om."}, "source_retracted_with_a_reason"),
    ],
)
def test_the_database_refuses_what_goes_round_the_form(wrong, name):
    SourceFactory(doi=DOI)
    other = SourceFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Source.objects.filter(pk=other.pk).update(**wrong)


@pytest.mark.parametrize(
    "author",
    [
        {},
        {"given": "Michael"},
        {"family": "  "},
        {"family": "Rosholm", "organisation": "VIVE"},
        {"given": "Michael", "organisation": "VIVE"},
    ],
)
def test_an_author_is_a_person_or_an_organisation(author):
    with pytest.raises(IntegrityError, match="author_is_a_person"), transaction.atomic():
        SourceAuthor.objects.create(source=SourceFactory(), **author)


def test_authors_stand_in_the_order_of_the_work():
    source = SourceFactory(written_by=[("Michael", "Rosholm"), ("", "Skipper"), "VIVE"], year=2019)

    assert source.author_names == ["Michael Rosholm", "Skipper", "VIVE"]
    assert source.short == "Rosholm m.fl. 2019"
    assert source.byline == "Michael Rosholm, Skipper, VIVE · 2019"


@pytest.mark.parametrize(
    ("fields", "short"),
    [
        ({"written_by": ["VIVE"]}, "VIVE 2017"),
        ({"written_by": [("", "Amilon"), ("", "Andersen")]}, "Amilon, Andersen 2017"),
        ({"title": "Uden ophav", "year": None}, "Uden ophav"),
    ],
)
def test_a_source_is_named_shortly_in_a_text(fields, short):
    assert SourceFactory(**fields).short == short


def test_the_address_is_danish_and_stays_when_the_title_is_corrected():
    first, second = SourceFactory(title="Tro på jobbet"), SourceFactory(title="Tro på jobbet")
    assert (first.slug, second.slug) == ("tro-paa-jobbet", "tro-paa-jobbet-2")

    first.title = "Troen på jobbet"
    first.save()

    assert Source.objects.get(pk=first.pk).slug == "tro-paa-jobbet"


def test_a_title_without_letters_has_an_address_too():
    assert SourceFactory(title="27 %!").slug == "27"
    assert SourceFactory(title="?!").slug == "kilde"


def test_newest_sources_come_first_and_undated_last():
    for title, year in (("B", 2017), ("A", 2017), ("C", None), ("D", 2025)):
        SourceFactory(title=title, year=year)

    assert [source.title for source in Source.objects.newest_first()] == ["D", "A", "B", "C"]
