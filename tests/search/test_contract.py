"""One contract, both engines."""

from __future__ import annotations

from datetime import date

import pytest

from search.engines.base import CASES, Document, FacetValue, SearchRequest
from tests.search.conftest import OPEN, fill, ids, make

UNIT = frozenset({"open", "login", "unit:7"})


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("praktik", "Hanne fik en virksomhedspraktik på et lager"),
        ("virksomhedspraktik", "Hun kom i praktik hos en bager"),
        ("sma job", "Et småjob hver fredag"),
        ("smaajob", "Et småjob hver fredag"),
        ("kontant hjælp", "Han fik kontanthjælp i tre år"),
        ("kontanthjælpsmodtagere", "Han fik kontanthjælp i tre år"),
        ("loentilskud", "Ansat med løntilskud"),
        ("løn tilskud", "Ansat med løntilskud"),
        ("fleksjobbet", "Et fleksjob på otte timer"),
        ("arbejdsløs", "Ledigheden faldt"),
        ("hjemloes", "Han var hjemløs i fire år"),
        ("BIP projektet", "Beskæftigelsesindikatorprojektet viser noget"),
        ("egen tillid", "Hun fik tillid til sig selv"),
    ],
)
def test_danish_is_found(engine, query, text):
    fill(engine, make("a", "Overskrift", text), make("b", "Noget andet", "Helt uden sammenhæng"))

    assert ids(engine, query) == ["a"]


def test_title_ranks_before_body_and_exact_before_part(engine):
    fill(
        engine,
        make("body", "En historie", "Hun tog en uddannelse som smed, og det gik godt i år"),
        make("title", "En uddannelse", "Hun blev smed, og det gik godt i fjor for hende der"),
        make("part", "En historie", "Han fik uddannelseshjælp og boede hos sin søster i byen"),
    )

    assert ids(engine, "uddannelse") == ["title", "body", "part"]


def test_every_word_of_the_query_counts(engine):
    fill(
        engine,
        make("both", "Mentor", "En mentor i køkkenet hjalp med gælden"),
        make("one", "Mentor", "En mentor i køkkenet hjalp med cyklen"),
    )

    assert ids(engine, "mentor gæld") == ["both", "one"]


def test_nobody_finds_without_a_token(engine):
    fill(engine, make("a", "Løntilskud", acl=frozenset()), make("b", "Løntilskud"))

    assert ids(engine, "løntilskud", frozenset()) == []
    assert ids(engine, "løntilskud", UNIT) == ["b"]


def test_acl_holds_in_hits_total_facets_suggestions_and_related(engine):
    fill(
        engine,
        make("open", "Mentorens rolle i køkkenet", "En mentor hjælper", topics=("tro",)),
        make("mine", "Mentorens rolle i huset", "En mentor hjælper", topics=("tro",),
             acl=frozenset({"unit:7"})),
        make("theirs", "Mentorens rolle på lageret", "En mentor hjælper", topics=("kanarie",),
             acl=frozenset({"unit:8"})),
    )  # fmt: skip

    result = engine.search(SearchRequest("mentor", UNIT))

    assert {hit.id for hit in result.hits} == {"open", "mine"}
    assert result.total == 2
    assert result.facets["topics"] == [FacetValue("tro", 2)]
    assert {s.id for s in engine.suggest("mento", UNIT)} == {"open", "mine"}
    assert [hit.id for hit in engine.related("open", UNIT)] == ["mine"]
    assert engine.related("theirs", UNIT) == []


def test_did_you_mean_never_tells_a_restricted_word(engine):
    """Reproduced on Elasticsearch 9.4: the term suggester ignores the query's filter."""
    secret = make("s", "Sag", "Kanariefuglen zebrafisken sang", acl=frozenset({"unit:8"}))
    fill(engine, secret, make("a", "Åben", "Her er ingen fugle"))

    outsider = engine.search(SearchRequest("zebrafiskem", OPEN))
    insider = engine.search(SearchRequest("zebrafiskem", frozenset({"unit:8"})))

    assert (outsider.total, outsider.also, list(outsider.hits)) == (0, (), [])
    assert insider.also == ("zebrafisken",)
    assert [hit.id for hit in insider.hits] == ["s"]


def test_a_restricted_word_does_not_count_as_known(engine):
    """A word that only others' documents have is corrected as if nobody had it."""
    secret = make("s", "Sag", "zebrafisker", acl=frozenset({"unit:8"}))
    fill(engine, secret, make("a", "Åben", "zebrafisken"))

    assert engine.search(SearchRequest("zebrafiskar", OPEN)).also == ("zebrafisken",)
    assert engine.search(SearchRequest("zebrafisker", OPEN)).total == 1


def test_a_chosen_facet_never_counts_a_restricted_document(engine):
    """Reproduced on Elasticsearch 9.4: an acl in `post_filter` leaves facets unfiltered."""
    secret = make("s", "Mentor", municipality="Kanarie", acl=frozenset({"unit:8"}))
    fill(engine, secret, make("a", "Mentor", municipality="Vejle"))

    request = SearchRequest("mentor", OPEN, filters={"municipality": ("Kanarie",)})
    result = engine.search(request)

    assert result.total == 0
    assert result.facets["municipality"] == [FacetValue("Vejle", 1)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("forventniger", "forventninger"), ("løntillskud", "løntilskud"), ("projket", "projektet")],
)
def test_misspelt_words_are_searched_as_meant_too(engine, typed, meant):
    fill(engine, make("a", "Om noget", f"Her er {meant} nævnt"), make("b", "Andet", "Intet her"))

    result = engine.search(SearchRequest(typed, OPEN))

    assert [hit.id for hit in result.hits] == ["a"]


def test_corrected_query_is_shown_whole(engine):
    fill(engine, make("a", "Positive forventninger", "Om forventninger"))

    assert engine.search(SearchRequest("positive forventniger", OPEN)).also == (
        "positive forventninger",
    )


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("2024", "2025"),
        ("2027", "2017"),
        ("covid19", "covid18"),
        ("FJ-0217", "0218"),
        ("ABCD-0217", "abce"),
        ('"forventniger"', "forventninger"),
        ("»forventniger«", "forventninger"),
        ("“nye forventniger”", "forventninger"),
    ],
)
def test_numbers_codes_and_quoted_words_are_meant_as_they_are_typed(engine, typed, near):
    fill(engine, make("a", "Om noget", f"Her er {near} nævnt"))

    result = engine.search(SearchRequest(typed, OPEN))

    assert (result.also, result.total) == ((), 0)


def test_the_words_beside_them_are_still_corrected(engine):
    fill(engine, make("a", "Positive forventninger", "Om forventninger i 2025"))

    result = engine.search(SearchRequest("forventniger 2024", OPEN))

    assert result.also == ("forventninger 2024",)


def test_a_case_code_counts_its_own_case_only(engine):
    """The letters alone stand in every code of a municipality."""
    cases = [make(f"c{n}", f"Sag FJ-{n:04d}", type="case") for n in (3, 4, 30, 303)]
    fill(engine, *cases, make("h", "Sag HE-0003", type="case"), index=CASES)

    found = engine.search(SearchRequest("fj-0003", OPEN, index=CASES))

    assert (found.total, [hit.id for hit in found.hits]) == (1, ["c3"])
    assert "<mark>FJ-0003</mark>" in found.hits[0].title_html
    assert engine.search(SearchRequest("FJ-0005", OPEN, index=CASES)).total == 0


def test_facets_count_with_the_choices_in_the_other_facets(engine):
    fill(
        engine,
        make("1", "Mentor", type="story", year=2024, topics=("tro", "sprog")),
        make("2", "Mentor", type="story", year=2025, topics=("tro",)),
        make("3", "Mentor", type="theme", year=2024),
        make("4", "Gæld", type="method", year=2024),
    )

    result = engine.search(SearchRequest("mentor", OPEN, filters={"type": ("story",)}))

    assert result.total == 2
    assert result.facets["type"] == [FacetValue("story", 2), FacetValue("theme", 1)]
    assert result.facets["year"] == [FacetValue("2024", 1), FacetValue("2025", 1)]
    assert result.facets["topics"] == [FacetValue("tro", 2), FacetValue("sprog", 1)]


def test_values_of_a_facet_widen_and_facets_narrow(engine):
    fill(
        engine,
        make("1", "Mentor", type="story", year=2024),
        make("2", "Mentor", type="theme", year=2024),
        make("3", "Mentor", type="theme", year=2025),
    )

    both = {"type": ("story", "theme"), "year": ("2024",)}

    assert set(ids(engine, "mentor", filters=both)) == {"1", "2"}


def test_an_empty_query_lists_what_the_filters_leave_newest_first(engine):
    fill(
        engine,
        make("old", "Gammel", published=date(2020, 1, 1)),
        make("new", "Ny", published=date(2026, 1, 1)),
        make("never", "Uden dato"),
        make("other", "Anden", type="theme"),
    )

    assert ids(engine, "", filters={"type": ("story",)}) == ["new", "old", "never"]


def test_sorting(engine):
    fill(
        engine,
        make("å", "Åben mentor", published=date(2024, 1, 1)),
        make("a", "Alle har en mentor", published=date(2023, 1, 1)),
        make("ø", "Øver mentor", published=date(2025, 1, 1)),
    )

    assert ids(engine, "mentor", sort="title") == ["a", "ø", "å"]
    assert ids(engine, "mentor", sort="newest") == ["ø", "å", "a"]


def test_pages_are_disjoint_and_complete(engine):
    fill(engine, *(make(f"{n:02}", f"Mentor {n}", "En mentor") for n in range(23)))

    pages = [ids(engine, "mentor", page=number, size=10) for number in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert len({key for page in pages for key in page}) == 23


def test_found_words_are_marked_and_everything_else_is_escaped(engine):
    fill(engine, make("a", "<b>Praktik</b>", 'Om "virksomhedspraktik" & <script>mere</script>'))

    hit = engine.search(SearchRequest("praktik", OPEN)).hits[0]

    assert hit.title_html == "&lt;b&gt;<mark>Praktik</mark>&lt;/b&gt;"
    assert hit.snippet_html == (
        "Om &quot;<mark>virksomhedspraktik</mark>&quot; &amp; &lt;script&gt;mere&lt;/script&gt;"
    )


def test_a_snippet_shows_where_the_words_are(engine):
    filler = "Der var engang en lang indledning uden det, man leder efter. " * 10
    fill(engine, make("a", "Noget", f"{filler}Så fik hun en mentor i huset. {filler}"))

    snippet = engine.search(SearchRequest("mentor", OPEN)).hits[0].snippet_html

    assert "<mark>mentor</mark>" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 260


def test_suggestions_fold_both_sides_and_know_parts(engine):
    fill(engine, make("a", "Småjob som trædesten"), make("b", "Virksomhedspraktik virker"))

    assert [s.id for s in engine.suggest("smaaj", OPEN)] == ["a"]
    assert [s.id for s in engine.suggest("tra", OPEN)] == ["a"]
    assert [s.id for s in engine.suggest("prak", OPEN)] == ["b"]
    assert engine.suggest("prak småjob", OPEN) == []
    assert engine.suggest("...", OPEN) == []


def test_related_is_about_the_same(engine):
    fill(
        engine,
        make("a", "Gæld og inkasso", "Budget, gæld og inkasso fylder det hele"),
        make("b", "Råd om gæld", "En rådgiver hjalp med gæld, budget og inkasso"),
        make("c", "Havearbejde", "Roser, tulipaner og en rive"),
    )

    assert [hit.id for hit in engine.related("a", OPEN)] == ["b"]


def test_an_older_event_never_overwrites_a_newer_one(engine):
    fill(engine, make("a", "Anden udgave mentor", version=5))
    fill(engine, make("a", "Første udgave mentor", version=4))

    assert [hit.title for hit in engine.search(SearchRequest("mentor", OPEN)).hits] == [
        "Anden udgave mentor"
    ]


def test_a_late_event_does_not_bring_back_what_was_deleted(engine):
    fill(engine, make("a", "Mentor", version=1))
    engine.delete({"a": 3})
    fill(engine, make("a", "Mentor", version=2))

    assert ids(engine, "mentor") == []
    assert engine.versions() == {}

    fill(engine, make("a", "Mentor", version=4))

    assert ids(engine, "mentor") == ["a"]
    assert engine.versions() == {"a": 4}


def test_writing_twice_stores_once(engine):
    assert engine.index([make("a", "Mentor", version=2)]) == 1
    assert engine.index([make("a", "Mentor", version=2)]) == 0
    assert engine.index([make("b", "Et", version=1), make("b", "To", version=2)]) >= 1
    engine.refresh()
    assert engine.versions() == {"a": 2, "b": 2}


def test_revoked_access_works_at_once(engine):
    fill(engine, make("a", "Mentor", acl=frozenset({"unit:7"}), version=1))
    assert ids(engine, "mentor", UNIT) == ["a"]

    fill(engine, make("a", "Mentor", acl=frozenset({"unit:8"}), version=2))

    assert ids(engine, "mentor", UNIT) == []


def test_cases_and_content_are_apart(engine):
    fill(engine, make("c", "Kanariesag", "zebrafisken"), index=CASES)
    fill(engine, make("a", "Åben historie", "zebra"))

    assert ids(engine, "kanariesag") == []
    assert ids(engine, "kanariesag", index=CASES) == ["c"]
    assert engine.search(SearchRequest("zebrafiskem", OPEN)).also == ()
    assert engine.suggest("kanarie", OPEN) == []


def test_everything_of_a_document_comes_back(engine):
    document = Document(
        id="a", type="story", title="Mentor", body="Om en mentor", url="/historier/a/",
        topics=("tro", "sprog"), guidepost="borgerne-virker", target_group="sygedagpenge",
        action_kinds=("mentor",), municipality="Vejle", year=2026, outcome="job",
        published=date(2026, 3, 1), acl=OPEN, version=9,
    )  # fmt: skip
    fill(engine, document)

    hit = engine.search(SearchRequest("mentor", OPEN)).hits[0]

    assert (hit.id, hit.type, hit.title, hit.url) == ("a", "story", "Mentor", "/historier/a/")
    assert hit.published == date(2026, 3, 1)
    assert hit.facets == {
        "type": ("story",),
        "topics": ("tro", "sprog"),
        "guidepost": ("borgerne-virker",),
        "target_group": ("sygedagpenge",),
        "action_kinds": ("mentor",),
        "municipality": ("Vejle",),
        "year": ("2026",),
        "outcome": ("job",),
    }


@pytest.mark.parametrize(
    "query", ["' OR 1=1 --", "a:* & !b", '"', "\\", "%_", "æ" * 200, "🙂", "\x07"]
)
def test_strange_queries_are_only_queries(engine, query):
    fill(engine, make("a", "Mentor", "Helt almindelig"))

    assert ids(engine, query) == []


def test_strange_documents_are_stored(engine):
    fill(engine, make("a", "L'été 'quote' \\ ø", "x" * 5000 + " mentor " + "1e5 3.14 c++ " * 50))

    assert ids(engine, "mentor") == ["a"]


def test_reset_empties_one_index(engine):
    fill(engine, make("a", "Mentor"))
    fill(engine, make("c", "Mentor"), index=CASES)

    engine.reset("content")

    assert ids(engine, "mentor") == []
    assert ids(engine, "mentor", index=CASES) == ["c"]
    assert engine.ping() is True


@pytest.mark.parametrize(
    "wrong",
    [{"page": 0}, {"size": 51}, {"sort": "x"}, {"index": "x"}, {"filters": {"acl": ("a",)}}],
)
def test_a_request_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"Unknown|Pages"):
        SearchRequest("mentor", OPEN, **wrong)
