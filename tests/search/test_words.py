"""Words, synonyms and recommendations of the editors: rules, and their way into use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from people.roles import Role
from privacy.models import AuditEntry
from search import outbox, tasks
from search.editing import reindexing, validators
from search.engines import select
from search.engines.base import EngineUnavailable, SearchRequest
from search.models import Promotion, Synonym, Vocabulary, Word
from search.services import search_for
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.search.conftest import OPEN, fill, ids, make

pytestmark = pytest.mark.django_db


def clean(entry):
    entry.full_clean()
    entry.save()
    return entry


def promotion(document, trigger="mentor", kind="best", **more):
    return clean(Promotion(kind=kind, trigger=trigger, document=document, title=document, **more))


# -- rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["", "to ord", "ab", "og", "praktik", "word1", "a-b-c"])
def test_a_word_is_one_new_word(given):
    with pytest.raises(ValidationError):
        clean(Word(word=given))


def test_a_word_is_kept_in_lower_case():
    assert clean(Word(word=" Kvist ")).word == "kvist"


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("ordet", ""),
        ("og", "praktik"),
        ("vp, , ", ""),
        ("vp", "vp, praktik"),
        ("a => b", "praktik"),
        ("vp", "#"),
        (", ".join(f"ord{n}" for n in range(21)), ""),
    ],
)
def test_a_synonym_says_something(words, also):
    with pytest.raises(ValidationError):
        clean(Synonym(words=words, also=also))


def test_synonyms_never_lead_back_to_themselves():
    clean(Synonym(words="kvist", also="gren"))
    clean(Synonym(words="gren", also="stamme"))

    with pytest.raises(ValidationError, match=r"kvist|stamme"):
        clean(Synonym(words="stamme", also="kvist"))
    assert clean(Synonym(words="Stamme,  gren ", also="")).line == "stamme, gren"


@given(
    edges=st.dictionaries(
        st.sampled_from("abcde"), st.sets(st.sampled_from("abcde"), max_size=4), max_size=5
    ),
    start=st.sampled_from("abcde"),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_leading_back_is_what_walking_every_way_finds(edges, start):
    reached, waiting = set(), set(edges.get(start, ()))
    for _ in range(len("abcde")):
        reached |= waiting
        waiting = {end for place in reached for end in edges.get(place, ())}

    assert validators.leads_back(start, edges) == (start in reached | waiting)


def test_a_recommendation_ends_after_it_starts():
    today = timezone.localdate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Promotion.objects.create(
            kind="best", trigger="x", document="team:1", title="x",
            starts_on=today, ends_on=today - timedelta(days=1),
        )  # fmt: skip


# -- both engines ----------------------------------------------------------------------------------


def test_pinned_documents_come_first_in_order_and_only_for_their_readers(engine):
    fill(
        engine,
        *(make(f"story:{n}", f"Mentor {n}", "mentor mentor") for n in range(4)),
        make("story:8", "Uden ordet"),
        make("story:9", "Lukket", acl=frozenset({"unit:1"})),
    )
    pinned = ("story:9", "story:8", "story:2")

    result = engine.search(SearchRequest("mentor", OPEN, pinned=pinned))

    assert [hit.id for hit in result.hits][:2] == ["story:8", "story:2"]
    assert (result.total, len(result.hits)) == (5, 5)
    assert {v.value: v.count for v in result.facets["type"]} == {"story": 5}
    assert ids(engine, "mentor", frozenset({"unit:1"}), pinned=pinned) == ["story:9"]
    assert ids(engine, "mentor", pinned=pinned, filters={"type": ("method",)}) == []


def test_hidden_documents_are_no_answer_and_are_not_counted(engine):
    fill(engine, make("story:1", "Mentor en"), make("story:2", "Mentor to"))

    result = engine.search(SearchRequest("mentor", OPEN, hidden=("story:1",)))

    assert ([hit.id for hit in result.hits], result.total) == (["story:2"], 1)
    assert result.facets["type"][0].count == 1


def test_pinning_holds_over_pages(engine):
    fill(engine, *(make(f"story:{n}", f"Mentor {n}") for n in range(5)), make("story:9", "Andet"))

    pages = [ids(engine, "mentor", pinned=("story:9",), page=page, size=2) for page in (1, 2, 3)]

    assert pages[0][0] == "story:9"
    assert len({key for page in pages for key in page}) == 6


# -- into use --------------------------------------------------------------------------------------


@pytest.fixture
def known(teams):
    unit = UnitFactory(name="Kvistbroen", kind="x")
    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()
    return unit


def found(user, query):
    return [hit.id for hit in search_for(user, query).hits]


def test_ten_edits_are_one_job():
    for letter in "abcdefghij":
        Word.objects.create(word=f"ord{letter}")

    assert ProcrastinateJob.objects.filter(task_name="search.words", status="todo").count() == 1


def test_a_word_is_used_when_every_document_was_analysed_with_it(known):
    user = EmployeeFactory()
    assert found(user, "broen") == []
    Word.objects.create(word="kvist")
    Word.objects.create(word="broen")
    assert reindexing.status().waiting
    assert found(user, "broen") == []

    assert tasks.apply_word_changes.func() is True
    assert found(user, "broen") == [f"team:{known.pk}"]
    assert reindexing.status() == reindexing.ReindexStatus(False, None, "")
    assert tasks.apply_word_changes.func() is False


def test_words_that_the_job_gave_up_are_taken_up_at_night(known):
    Word.objects.create(word="kvist")
    waiting = ProcrastinateJob.objects.filter(task_name="search.words", status="todo")
    waiting.update(status="failed")

    tasks.purge.func(0)
    assert waiting.count() == 1

    waiting.update(status="failed")
    tasks.apply_word_changes.func()
    tasks.purge.func(0)
    assert waiting.count() == 0


def test_a_word_that_is_taken_away_is_forgotten(known):
    for word in ("kvist", "broen"):
        Word.objects.create(word=word)
    tasks.apply_word_changes.func()

    Word.objects.all().delete()
    tasks.apply_word_changes.func()

    assert found(EmployeeFactory(), "broen") == []


def test_elasticsearch_takes_the_words_behind_the_alias(known, elasticsearch_site):
    before = elasticsearch_site.names.ensure("content")
    for word in ("kvist", "broen"):
        Word.objects.create(word=word)

    tasks.apply_word_changes.func()

    result = search_for(EmployeeFactory(), "broen")
    assert (result.engine, [hit.id for hit in result.hits]) == (
        "elasticsearch",
        [f"team:{known.pk}"],
    )
    assert elasticsearch_site.names.live("content") != before


def test_while_an_engine_is_away_the_words_in_use_stay(known, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    Word.objects.create(word="kvist")

    with pytest.raises(EngineUnavailable):
        tasks.apply_word_changes.func()
    assert reindexing.status().percent is not None
    assert reindexing.status().error == "Elasticsearch does not answer."
    assert select.planner().lexicon.lemma_token("kvist") is None
    settings.ELASTICSEARCH_URL = ""
    assert tasks.apply_word_changes.func() is True
    assert select.planner().lexicon.lemma_token("kvist") == "kvist"
    assert Vocabulary.objects.count() == 1


def test_a_synonym_works_at_the_next_search(known):
    user = EmployeeFactory()
    assert found(user, "grenværk") == []

    synonym = clean(Synonym(words="grenværk", also="kvistbroen"))
    assert found(user, "grenværk") == [f"team:{known.pk}"]
    synonym.delete()
    assert found(user, "grenværk") == []


# -- recommendations -------------------------------------------------------------------------------


def test_a_recommendation_is_first_marked_and_only_for_those_who_may_read_it(client, known):
    secret = UnitFactory(name="Lukket", kind="secret")
    outbox.enqueue("team", secret.pk)
    tasks.deliver.func()
    promotion(f"team:{known.pk}", "bedste mentorer")
    promotion(f"team:{secret.pk}", "bedste mentorer")
    client.force_login(EmployeeFactory())

    page = client.get("/soeg/", {"q": "Bedste  mentor"})

    assert [row.hit.id for row in page.context["rows"]] == [f"team:{known.pk}"]
    assert "Anbefalet" in page.content.decode()
    assert found(EmployeeFactory(unit=secret), "bedste mentor") == [
        f"team:{known.pk}",
        f"team:{secret.pk}",
    ]


def test_exact_means_exact(known):
    promotion(f"team:{known.pk}", "mentorer", match="exact")
    user = EmployeeFactory()

    assert found(user, " MENTORER ") == [f"team:{known.pk}"]
    assert found(user, "mentor") == []


def test_what_is_not_to_be_shown_is_not_shown_for_that_query_only(known):
    promotion(f"team:{known.pk}", "kvistbroen", kind="worst")
    user = EmployeeFactory()

    assert found(user, "kvistbroen") == []
    assert found(user, "team kvistbroen") == [f"team:{known.pk}"]


@pytest.mark.parametrize(
    ("start", "end", "holds"), [(-1, 1, True), (0, 0, True), (1, 2, False), (-3, -1, False)]
)
def test_recommendations_hold_on_their_days(known, start, end, holds):
    today = timezone.localdate()
    promotion(
        f"team:{known.pk}", "noget andet",
        starts_on=today + timedelta(days=start), ends_on=today + timedelta(days=end),
    )  # fmt: skip

    assert found(EmployeeFactory(), "noget andet") == ([f"team:{known.pk}"] if holds else [])


# -- the admin -------------------------------------------------------------------------------------


def test_an_editor_adds_a_word_and_sees_where_it_is(client, editor):
    answer = client.post(
        "/redaktion/snippets/search/word/add/", {"word": "kvist", "note": ""}, follow=True
    )

    assert Word.objects.get().word == "kvist"
    assert "tages i brug inden for et minut eller to" in answer.content.decode()
    entry = AuditEntry.objects.get(action="search_word.create")
    assert entry.actor_id == editor.pk


def test_errors_are_in_danish(client, editor):
    answer = client.post("/redaktion/snippets/search/synonym/add/", {"words": "vp", "also": ""})

    assert "Skriv mindst to ord med komma imellem." in answer.content.decode()


def test_a_recommendation_is_made_by_address(client, editor, known):
    form = {"trigger": "Mentor", "match": "stemmed", "kind": "best", "note": "", "owner": editor.pk}
    address = "/redaktion/snippets/search/promotion/add/"

    wrong = client.post(address, {**form, "address": "/findes/ikke/"})
    right = client.post(address, {**form, "address": f"https://x.dk/team/{known.pk}/"})
    twice = client.post(address, {**form, "address": f"/team/{known.pk}/"})

    assert "Søgningen kender ikke noget" in wrong.content.decode()
    assert right.status_code == 302
    assert "De ord siger allerede noget om den." in twice.content.decode()
    made = Promotion.objects.get()
    assert (made.trigger, made.document, made.owner) == ("mentor", f"team:{known.pk}", editor)
    assert (
        "/team/"
        in client.get(f"/redaktion/snippets/search/promotion/edit/{made.pk}/").content.decode()
    )


def test_the_report_fills_in_the_forms(client, editor):
    page = client.get("/redaktion/snippets/search/synonym/add/?words=vp").content.decode()

    assert 'value="vp"' in page


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.APPROVER])
def test_others_teach_search_nothing(client, role):
    client.force_login(EmployeeFactory(roles=[role]))

    answer = client.post("/redaktion/snippets/search/word/add/", {"word": "kvist", "note": ""})

    assert answer.status_code in (302, 403)
    assert not Word.objects.exists()
