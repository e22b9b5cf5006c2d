"""No table of outcomes per employee, no figure about one person (docs/domain.md B6, C).

Two nets over everything there is: a number that hangs on an employee is named here with its reason,
and no query counts, sums or averages by a person.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from people.models import Employee

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "privacy",
    "form_drafts",
    "people",
    "search",
    "sources",
    "content_check",
    "kb",
    "articles",
    "events",
    "story_library",
    "guideposts",
    "open_half",
    "learning",
    "document_import",
    "stories",
    "sparring",
    "insight",
)
NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField)
# Numbers in rows that name an employee, each with why it is no figure about them.
ALLOWED = {
    "form_drafts.FormDraft.version": "how often a form was saved, so that two tabs are told apart",
    "articles.TalkRequest.audience": "how many will listen to a talk",
    "articles.TalkRequest.minutes": "of a talk",
    "events.SignUp.rank": "a place in a queue",
    "events.SignUp.reminded_days": "which reminder went out",
    "events.SignUp.seat": "which place somebody has",
    "kb.Guidepost.position": "a place in a list",
    "kb.LibraryImage.file_size": "of a picture, whoever put it in",
    "kb.LibraryImage.focal_point_height": "of a picture",
    "kb.LibraryImage.focal_point_width": "of a picture",
    "kb.LibraryImage.focal_point_x": "of a picture",
    "kb.LibraryImage.focal_point_y": "of a picture",
    "kb.LibraryImage.height": "of a picture",
    "kb.LibraryImage.width": "of a picture",
    "kb.Offer.usual_wait_days": "of an offer",
    "learning.EthicsStatement.version": "of a text",
    "learning.Method.minutes": "of a method",
    "learning.Module.ects": "of a module",
    "learning.Module.hours": "of a module",
    "learning.Programme.ects": "of a programme",
    "learning.Programme.optional_needed": "of a programme",
    "learning.Programme.position": "a place in a list",
    "learning.Programme.valid_months": "of a programme",
    "learning.Root.position": "a place in a list",
    "people.BusyCalendar.failures": "how often an address did not answer",
    "people.BusyCalendar.skipped": "entries of a calendar that could not be read",
    "people.Employee.max_per_14_days": "a limit somebody sets for themselves",
    "people.Employee.max_per_30_days": "a limit somebody sets for themselves",
    "people.Employee.max_per_7_days": "a limit somebody sets for themselves",
    "people.Employee.max_presented_per_week": "a limit somebody sets for themselves",
    "people.Employee.max_sessions_per_week": "a limit somebody sets for themselves",
    "people.WorkingHours.weekday": "a day",
    "privacy.AuditEntry.municipality_id": "a key",
    "sparring.Action.paid_hours_per_week": "of the citizen's work",
    "sparring.Belief.horizon_months": "of the question",
    "sparring.Belief.question_version": "of the question",
    "sparring.Belief.value": "a bid about a case; never counted by who gave it (below)",
    "sparring.BlindBid.value": "a blind bid about a case; never counted by who gave it (below)",
    "people.Notification.attempts": "tries to send a mail",
    "people.Notification.event_sequence": "of a calendar entry",
    "sparring.HandoverMeeting.calendar_sequence": "of a calendar entry",
    "sparring.QuickInvitation.position": "a place among those who are asked",
    "sparring.TextTask.object_id": "the key of a row",
    "sparring.SparringPlan.partners": "how many colleagues a case gets",
    "sparring.SparringRequest.duration_minutes": "minutes",
    "sparring.SparringRequest.partners": "how many colleagues are wished for",
    "sparring.SparringSession.calendar_sequence": "of a calendar entry",
    "sparring.SparringSession.length": "minutes",
    "sparring.SparringSession.missing_partners": "how many a talk lacks, whoever they are",
    "sparring.SessionNote.version": "of a text, while two devices write it",
    "sparring.SparringSession.step": "of the talk",
    "sparring.Participation.ready_step": "a step of the talk, for its own minutes",
}
# Pages are about what they tell, whoever wrote them.
PAGES = ("kb.ThemePage", "events.EventPage", "kb.PublicationPage", "stories.StoryPage")
PERSONS = {
    "employee", "owner", "by_employee", "created_by", "author", "responsible", "actor", "asked_by",
    "offered_by", "facilitator", "uploaded_by", "by", "answered_by",
}  # fmt: skip
# Whether it was the right colleague is told to nobody: the only files that may name the rows.
PRIVATE_ANSWERS = {
    "insight/queries.py",
    "insight/yearly_shares.py",
    "sparring/colleagues/affinity.py",
    "sparring/demo/feedback.py",
    "sparring/feedback/domain/colleague_answers.py",
    "sparring/models/__init__.py",
    "sparring/models/colleague_answers.py",
    "sparring/sessions/colleague_question.py",
}
MEASURES = {"Count", "Sum", "Avg", "Min", "StdDev", "Variance"}
"""Without Max: the day on which two people last met is a date."""


def numbers_about_people():
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            names = model is Employee or any(
                field.is_relation and field.related_model is Employee
                for field in model._meta.fields
            )
            if names and model._meta.label not in PAGES:
                for field in model._meta.local_fields:
                    if isinstance(field, NUMBERS) and not field.primary_key:
                        yield f"{model._meta.label}.{field.name}"


def test_every_number_in_a_row_about_an_employee_has_a_reason():
    assert sorted(set(numbers_about_people()) - set(ALLOWED)) == []


def test_every_reason_is_still_needed():
    assert sorted(set(ALLOWED) - set(numbers_about_people())) == []


def chain(call):
    """The calls of `a.b(…).c(…)`, the last first."""
    while isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
        yield call
        call = call.func.value


def is_a_person(name):
    parts = name.removesuffix("_id").split("__")
    return any(part.removesuffix("_id") in PERSONS for part in parts)


def groups_by_a_person(tree):
    """Lines with `.values("employee").annotate(Count(…))` and its like."""
    for node in ast.walk(tree):
        calls = list(chain(node))
        if not calls or calls[0].func.attr not in {"annotate", "aggregate"}:
            continue
        measured = any(
            isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in MEASURES
            for part in (*calls[0].args, *(word.value for word in calls[0].keywords))
            for inner in ast.walk(part)
        )
        grouped = any(
            is_a_person(word.value)
            for call in calls[1:]
            if call.func.attr in {"values", "values_list"}
            for word in call.args
            if isinstance(word, ast.Constant) and isinstance(word.value, str)
        )
        if measured and grouped:
            yield node.lineno


def test_no_query_counts_by_a_person():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for label in APPS
        for path in sorted((ROOT / label).rglob("*.py"))
        for line in groups_by_a_person(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("BlindBid.objects.values('employee').annotate(n=Count('pk'))", 1),
        ("Case.objects.filter(x=1).values_list('owner_id').annotate(Avg('beliefs__value'))", 1),
        ("Case.objects.values('session__by_employee').order_by().annotate(n=Sum('value'))", 1),
        ("Case.objects.values('unit').annotate(n=Count('pk'))", 0),
        ("Talk.objects.values('employee').annotate(newest=Max('starts_at'))", 0),
    ],
)
def test_the_control_the_net_catches_what_it_is_for(code, found):
    assert len(list(groups_by_a_person(ast.parse(code)))) == found


def files_naming(word):
    """The product's files, templates too, that name the word; migrations only make the table."""
    folders = [ROOT / label for label in (*APPS, "templates")]
    return {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in (".py", ".html", ".txt", ".sql")
        and "migrations" not in path.parts
        and word in path.read_text(encoding="utf-8").lower().replace("_", "")
    }


def test_private_answers_are_read_where_they_are_needed_and_nowhere_else():
    found = files_naming("colleagueanswer")

    # Imported by these two without naming a row; the page shows its visitor's own answer.
    found -= {
        "insight/right_colleague.py",
        "sparring/feedback/urls.py",
        "sparring/feedback/views/colleague_answers.py",
        "sparring/tasks.py",
        "templates/sparring/feedback/_right_colleague.html",
    }
    assert found == PRIVATE_ANSWERS


def test_a_private_answer_names_no_colleague_and_cannot_be_listed_from_a_person():
    model = apps.get_model("sparring", "ColleagueAnswer")

    people = [field for field in model._meta.fields if field.related_model is Employee]
    assert [field.name for field in people] == ["answered_by"]
    backwards = [
        relation.get_accessor_name()
        for relation in Employee._meta.get_fields(include_hidden=False)
        if relation.is_relation and relation.related_model is model
    ]
    assert backwards == []
    assert model._meta.ordering == []
