"""Every kind of content is drafted, approved, timed and taken back: one rule for all."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.admin.panels import PublishingPanel
from wagtail.documents.models import Document
from wagtail.models import Page, TaskState

from events.models import EventSeries
from kb.admin.content import ContentViewSet
from kb.domain.permissions import sync_groups
from kb.models import (
    Collection,
    EvidenceCard,
    Guidepost,
    KeyFigure,
    LawWord,
    Offer,
    Phrase,
    QuestionCard,
)
from kb.models.approved import approved_kinds
from learning.models import EthicsStatement, Method, Module, Programme, Root
from privacy.models import AuditEntry
from search.registry import sources_of
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    GuidepostFactory,
    KeyFigureFactory,
    OfferFactory,
    PhraseFactory,
    QuestionCardFactory,
    theme_numbered,
)
from tests.factories.learning import (
    EthicsStatementFactory,
    MethodFactory,
    ModuleFactory,
    ProgrammeFactory,
    RootFactory,
)
from tests.factories.people import EmployeeFactory
from tests.kb.test_timers import START, at, run
from upkeep.queries import approval_rule

pytestmark = pytest.mark.django_db
MARK = "Kvistestok"
HOUR = timedelta(hours=1)


def make_series(**changes):
    return EventSeries.objects.create(slug="sprog", intro="Om ord.", **changes)


# A row of each kind, and the field in which readers would meet the mark.
KINDS = {
    KeyFigure: (KeyFigureFactory, "statement"),
    EvidenceCard: (EvidenceCardFactory, "subject"),
    Offer: (OfferFactory, "name"),
    Phrase: (PhraseFactory, "phrase"),
    QuestionCard: (QuestionCardFactory, "text"),
    Guidepost: (GuidepostFactory, "title"),
    Method: (MethodFactory, "name"),
    Root: (RootFactory, "name"),
    Module: (ModuleFactory, "name"),
    Programme: (ProgrammeFactory, "level"),
    EthicsStatement: (EthicsStatementFactory, "text"),
    EventSeries: (make_series, "name"),
}
# Where rows that are not shown are meant: loaders that make what is missing, the index that hears
# of every change, names that a text is checked against, and what a reviewer reads of a closed one.
MAY_ASK_FOR_ALL = {
    "demo", "demo.py", "demo_content", "content", "benchmarks",
    "indexing.py", "references.py", "due_stories.py",
}  # fmt: skip


NOT_READ = {".venv", "tests", "node_modules", "var", "migrations"}


@pytest.fixture(autouse=True)
def _postgres_only(settings):
    settings.ELASTICSEARCH_URL = ""


def make(kind, **changes):
    factory, field = KINDS[kind]
    return factory(**{field: MARK} | changes)


def test_no_kind_lacks_anything_without_a_reason():
    assert approval_rule.lacking() == {}


def test_a_new_kind_that_lacks_something_is_found(monkeypatch):
    """As if `LawWord` were new: without its reason it is named, with all that it lacks."""
    left = {name: why for name, why in approval_rule.WITHOUT.items() if name != "kb.lawword"}
    monkeypatch.setattr(approval_rule, "WITHOUT", left)

    assert approval_rule.lacking() == {"kb.lawword": set(approval_rule.ABLE)}


def test_every_reason_is_of_a_kind_that_there_is():
    labels = {model._meta.label_lower for model in approval_rule.kinds()}

    assert set(approval_rule.WITHOUT) <= labels
    assert approval_rule.able(LawWord) == set()


def test_every_kind_of_content_is_tried_here():
    assert set(KINDS) == set(approved_kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_says_when_and_the_list_says_whether(kind):
    assert any(isinstance(panel, PublishingPanel) for panel in kind.panels)
    assert isinstance(kind.snippet_viewset, ContentViewSet)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_seen_beforehand_as_readers_will_see_it(kind):
    item = make(kind, live=False)

    shown = item.make_preview_request()

    assert shown.status_code == 200
    assert MARK in shown.render().content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_admin_opens_every_door(kind):
    """History, two versions beside each other, taking it back, its uses, and the form."""
    administrator = Client()
    administrator.force_login(EmployeeFactory(administrator=True))
    sync_groups()
    item = make(kind)
    first, second = item.save_revision(), item.save_revision()
    item.refresh_from_db()
    names = kind.snippet_viewset.get_url_name

    for name, args in {
        "edit": [item.pk],
        "history": [item.pk],
        "unpublish": [item.pk],
        "usage": [item.pk],
        "revisions_compare": [item.pk, first.pk, second.pk],
    }.items():
        answer = administrator.get(reverse(names(name), args=args))
        assert (name, answer.status_code) == (name, 200)
    administrator.post(reverse(names("lock"), args=[item.pk]))
    item.refresh_from_db()
    assert item.locked


@pytest.mark.parametrize("kind", KINDS)
def test_project_staff_write_and_somebody_else_publishes(kind):
    """Held by Wagtail's action where a person is named, and by the database where none is."""
    fatima, anna = EmployeeFactory(project_staff=True), EmployeeFactory(approver=True)
    sync_groups()
    item = make(kind, live=False)
    draft = item.save_revision(user=fatima)

    with pytest.raises(PermissionDenied):
        draft.publish(user=fatima)
    with pytest.raises(IntegrityError, match="somebody else approves"), transaction.atomic():
        draft.publish()
    with pytest.raises(IntegrityError, match="somebody else approves"), transaction.atomic():
        kind.objects.filter(pk=item.pk).update(live=True)

    item.refresh_from_db()
    state = item.get_workflow().start(item, fatima)
    state.current_task_state.approve(user=anna)

    item.refresh_from_db()
    assert item.live
    assert AuditEntry.objects.filter(action=f"{kind.audited_as()}.publish").count() == 1
    with pytest.raises(PermissionDenied):
        item.unpublish(user=fatima)
    assert kind.objects.get(pk=item.pk).live
    item.unpublish(user=anna)
    assert not kind.objects.get(pk=item.pk).live


def test_nobody_approves_what_they_wrote_themselves():
    """The workflow refuses their own yes; a yes of theirs in the table counts for nothing."""
    fatima = EmployeeFactory(project_staff=True)
    sync_groups()
    item = make(Offer, live=False)
    item.save_revision(user=fatima)
    state = item.get_workflow().start(item, fatima)

    with pytest.raises(PermissionDenied), transaction.atomic():
        state.current_task_state.approve(user=fatima)
    TaskState.objects.update(status=TaskState.STATUS_APPROVED, finished_by=fatima)
    with pytest.raises(IntegrityError, match="somebody else approves"), transaction.atomic():
        item.latest_revision.publish()


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_goes_live_and_ends_by_the_clock(kind):
    with at(START):
        item = make(kind, live=False)
        item.go_live_at, item.expire_at = START + HOUR, START + 3 * HOUR
        item.save_revision().publish()
        assert not kind.objects.get(pk=item.pk).live

    assert run("kb.follow_the_clock", after=START + 2 * HOUR) == 1
    assert list(kind.objects.shown()) == [item]
    assert run("kb.follow_the_clock", after=START + 4 * HOUR) == 1
    assert list(kind.objects.shown().filter(pk=item.pk)) == []


@pytest.mark.parametrize("kind", [Offer, Phrase, Method, Module])
def test_a_draft_of_what_it_belongs_to_changes_nothing_that_is_shown(kind):
    """Relations to many are a part of the version."""
    item, relation = make(kind), "materials" if kind is Module else "themes"
    if kind is Module:
        others = [Document.objects.create(title="Hæfte", file="haefte.txt")]
    else:
        others = [theme_numbered(1)]
    setattr(item, relation, others)

    item.save_revision()

    assert list(getattr(kind.objects.get(pk=item.pk), relation).all()) == []
    item.latest_revision.publish()
    assert list(getattr(kind.objects.get(pk=item.pk), relation).all()) == others


def addresses_of(item):
    """The item's own page where it has one, and the lists."""
    own = [item.get_absolute_url()] if hasattr(item, "get_absolute_url") else []
    return [*own, *(page.url for page in Page.objects.live().filter(depth__gt=1))]


@pytest.fixture
def lists():
    return [
        CollectionPageFactory(collection=value, title=f"Liste {value}")
        for value in Collection.values
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_readers_meet_no_draft(kind, lists):
    """In no list, at no address of its own, in no search document."""
    reader = Client()
    reader.force_login(EmployeeFactory())
    shown = make(kind, live=True)
    before = [url for url in addresses_of(shown) if MARK in reader.get(url).content.decode()]

    kind.objects.filter(pk=shown.pk).update(live=False)

    after = [url for url in addresses_of(shown) if MARK in reader.get(url).content.decode()]
    assert after == []
    assert before or kind is EthicsStatement
    for source in sources_of(kind):
        assert not source.queryset().filter(pk=shown.pk).exists()
        assert list(source.visible(EmployeeFactory(), [str(shown.pk)])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_choosers_offer_what_is_shown(kind):
    editor = Client()
    editor.force_login(EmployeeFactory(administrator=True))
    sync_groups()
    name = str(make(kind, live=False))
    address = reverse(kind.snippet_viewset.chooser_viewset.get_url_name("choose_results"))

    assert name not in editor.get(address).content.decode()
    kind.objects.update(live=True)
    assert name in editor.get(address).content.decode()


def test_what_is_read_for_readers_asks_for_what_is_shown():
    """No code takes rows of a kind without saying `shown` (or `readable`), but where it may."""
    names = {kind.__name__ for kind in KINDS}
    found = []
    for path in Path(project.BASE_DIR).rglob("*.py"):
        inside = path.relative_to(project.BASE_DIR)
        if {*inside.parts} & (MAY_ASK_FOR_ALL | NOT_READ):
            continue
        found += [f"{inside}:{line}" for line in unguarded(path.read_text(), names)]
    assert found == []


def unguarded(source, names):
    """Lines that read `Kind.objects` and go on with something else than `shown`."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "objects"
            and isinstance(node.value.value, ast.Name)
            and node.value.value.id in names
            and node.attr not in ("shown", "readable")
        ):
            yield node.lineno


def test_the_look_at_the_code_finds_what_it_looks_for():
    assert list(unguarded("Offer.objects.all()", {"Offer"})) == [1]
    assert list(unguarded("Offer.objects.shown().all()", {"Offer"})) == []
    assert list(unguarded("Case.objects.all()", {"Offer"})) == []
