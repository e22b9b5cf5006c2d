"""search, reindex, evaluate_search."""

from __future__ import annotations

import json
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from search import outbox, rebuild, tasks
from search.engines import select
from search.models import IndexedDocument, Rebuild
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.search.conftest import make

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def test_search_prints_what_somebody_finds(teams):
    unit = UnitFactory(name="Mentorteam", municipality__name="Vejle")
    user = EmployeeFactory(username="mette")
    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()

    answer = json.loads(run("search", "mentortem", "--as", user.username, "--json"))

    assert (answer["total"], answer["engine"], answer["fallback"]) == (1, "postgres", False)
    assert answer["hits"][0]["id"] == f"team:{unit.pk}"
    assert answer["also"] == ["mentorteam"]
    assert answer["facets"]["municipality"] == {"Vejle": 1}
    assert "Mentorteam" in run("search", "mentorteam", "--as", "mette")


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "x", "--as", "nobody"),
        ("search", "x", "--as", "mette", "--filter", "acl=open"),
        ("search", "x", "--as", "mette", "--page", "0"),
        ("evaluate_search", "no-such-file.json", "--engine", "postgres"),
    ],
)
def test_a_wrong_wish_gives_one_sentence(arguments, teams):
    EmployeeFactory(username="mette")

    with pytest.raises(CommandError):
        run(*arguments)


def test_reindex_of_postgres_keeps_what_is_there_and_removes_the_rest(teams):
    units = [UnitFactory() for _ in range(3)]
    select.postgres().index([make("team:0", "Forældreløs", version=0)])

    report = json.loads(run("reindex", "--json"))

    assert report["engines"]["postgres"]["content"] == {"documents": 3, "failed": 0, "removed": 1}
    assert set(select.postgres().versions()) == {f"team:{unit.pk}" for unit in units}


def test_reindex_swaps_and_keeps_the_one_before(teams, elasticsearch_site):
    units = [UnitFactory() for _ in range(3)]
    before = elasticsearch_site.names.live("content")

    run("reindex", "--json")
    first = elasticsearch_site.names.live("content")
    run("reindex")
    second = elasticsearch_site.names.live("content")

    assert len({before, first, second}) == 3
    assert elasticsearch_site.names._concrete("content") == [first, second]
    assert set(elasticsearch_site.versions()) == {f"team:{unit.pk}" for unit in units}


def test_a_crashed_reindex_harms_nothing_and_can_be_run_again(teams, elasticsearch_site):
    unit = UnitFactory()
    run("reindex")
    live = elasticsearch_site.names.live("content")
    abandoned = elasticsearch_site.start_building("content")

    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()
    elasticsearch_site.refresh()
    assert elasticsearch_site.names.live("content") == live
    assert elasticsearch_site.count(abandoned) == 1

    run("reindex")

    assert abandoned not in elasticsearch_site.names._concrete("content")
    assert set(elasticsearch_site.versions()) == {f"team:{unit.pk}"}


class Killed(Exception):
    """The process ends in the middle of a building."""


def cut_off_after(batches):
    """A progress function that ends the building after so many batches."""
    seen = []

    def progress(state):
        seen.append(state.documents)
        if len(seen) == batches:
            raise Killed

    return progress


@pytest.mark.parametrize("engine", ["postgres", "elasticsearch"])
def test_a_building_that_was_cut_off_goes_on_where_it_was(teams, engine, request, monkeypatch):
    if engine == "elasticsearch":
        request.getfixturevalue("elasticsearch_site")
        monkeypatch.setattr(rebuild, "engines", lambda: [select.elasticsearch()])
    monkeypatch.setattr(rebuild, "BATCH", 2)
    units = [UnitFactory() for _ in range(7)]
    with pytest.raises(Killed):
        rebuild.rebuild_all(progress=cut_off_after(2))
    state = Rebuild.objects.get(engine=engine, index="content")
    assert (state.documents, state.finished, state.expected) == (4, None, 7)
    units[0].kind = "closed"  # withdrawn while nobody builds
    units[0].save()
    outbox.enqueue("team", units[0].pk)
    tasks.deliver.func()

    after = []
    report = rebuild.rebuild_all(progress=lambda state: after.append(state.documents))

    assert after == [6, 7]
    assert report[engine]["content"]["documents"] == 7
    state.refresh_from_db()
    assert state.finished is not None
    own = select.elasticsearch() or select.postgres()
    own.refresh()
    assert set(own.versions()) == {f"team:{unit.pk}" for unit in units[1:]}


def test_from_start_forgets_what_was_cut_off(teams):
    for _ in range(3):
        UnitFactory()
    with pytest.raises(Killed):
        rebuild.rebuild_all(progress=cut_off_after(1))

    seen = []
    rebuild.rebuild_all(resume=False, progress=lambda state: seen.append(state.documents))

    assert seen == [3]


def test_two_buildings_at_once_are_refused(teams):
    UnitFactory()
    other = connections.create_connection("default")
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [rebuild.LOCK])
        with pytest.raises(CommandError, match="another process"):
            run("reindex")
        # At once, and not some time after the connection is closed: the next test builds too.
        cursor.execute("SELECT pg_advisory_unlock(%s)", [rebuild.LOCK])


def test_progress_is_shown(teams):
    UnitFactory()

    assert "postgres content [##############################] 1/1" in run("reindex")


def test_rolling_back_searches_the_index_before_and_mends_it(teams, elasticsearch_site):
    kept, gone = UnitFactory(name="Bliver"), UnitFactory(name="Forsvinder")
    run("reindex")
    before = elasticsearch_site.names.live("content")
    run("reindex")
    late = UnitFactory(name="Kom til")
    gone.kind = "closed"
    gone.save()
    outbox.enqueue_many("team", [late.pk, gone.pk])
    tasks.deliver.func()

    assert before in run("reindex", "--rollback")

    elasticsearch_site.refresh()
    assert elasticsearch_site.names.live("content") == before
    assert set(elasticsearch_site.versions()) == {f"team:{kept.pk}", f"team:{late.pk}"}


def test_there_is_nothing_to_roll_back_without_elasticsearch(teams):
    with pytest.raises(CommandError, match="in place"):
        run("reindex", "--rollback")


def test_what_is_withdrawn_during_a_reindex_stays_away(teams, elasticsearch_site):
    unit = UnitFactory()
    run("reindex")
    name = elasticsearch_site.start_building("content")
    late = teams.document(unit, outbox.next_version())
    unit.kind = "closed"
    unit.save()
    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()

    elasticsearch_site.index([late])
    elasticsearch_site.finish_building("content", name)
    elasticsearch_site.refresh()

    assert elasticsearch_site.versions() == {}


JUDGED = {
    "documents": [
        {"id": "a", "type": "historie", "title": "En praktik", "body": "Hos en bager"},
        {"id": "b", "type": "historie", "title": "Gæld", "body": "Om budget"},
    ],
    "queries": [
        {"id": "q1", "category": "compound", "text": "virksomhedspraktik", "relevance": {"a": 2}},
        {"id": "q2", "category": "lemma", "text": "gælden", "relevance": {"b": 2}},
        {"id": "q3", "category": "lemma", "text": "zzzzzz", "relevance": {"b": 1}},
    ],
}


@pytest.mark.parametrize("engine", ["postgres", "elasticsearch"])
def test_evaluation_measures_an_engine(tmp_path, engine, request, settings):
    if engine == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    file = tmp_path / "judged.json"
    file.write_text(json.dumps(JUDGED))

    report = json.loads(run("evaluate_search", str(file), "--engine", engine, "--json"))

    assert report == {
        "engine": engine,
        "queries": 3,
        "ndcg@10": 0.6667,
        "recall@20": 0.6667,
        "rr": 0.6667,
        "zero_hits": 1,
        "by_category": {"compound": 1.0, "lemma": 0.5},
    }
    assert IndexedDocument.objects.count() == 0


@pytest.mark.parametrize("with_server", [False, True])
def test_the_baseline_knows_no_compounds(tmp_path, with_server, request, settings):
    if with_server:
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    file = tmp_path / "judged.json"
    file.write_text(json.dumps(JUDGED))

    report = json.loads(run("evaluate_search", str(file), "--engine", "baseline", "--json"))

    assert (report["ndcg@10"], report["zero_hits"]) == (0.3333, 2)
    assert "compound" in run("evaluate_search", str(file), "--engine", "baseline")


def test_a_file_of_another_shape_is_refused(tmp_path):
    file = tmp_path / "judged.json"
    file.write_text("[1]")

    with pytest.raises(CommandError, match="not the right shape"):
        run("evaluate_search", str(file), "--engine", "postgres")


def test_without_a_server_of_ones_own_production_asks_for_its_address(tmp_path, settings):
    settings.ELASTICSEARCH_URL = settings.LOCAL_ELASTICSEARCH = ""

    with pytest.raises(CommandError, match=r"^No Elasticsearch: set ELASTICSEARCH_URL"):
        run("evaluate_search", str(tmp_path / "unread.json"), "--engine", "elasticsearch")
