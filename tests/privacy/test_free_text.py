"""The CPR pattern is refused in every free-text field, of models and of forms."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.db import models

from privacy.fields import refuse_cpr

OURS = (
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
# Not free text, each with the reason.
EXEMPT = {
    "form_drafts.FormDraft.about": "what an address is about, written by the program",
    "form_drafts.FormDraft.form": "an address' name",
    "form_drafts.FormDraft.subject": "a key",
    "form_drafts.FormDraft.written_on": "a random name of an opened page",
    "articles.forms.themes.ObservationForm.text": "the model's field refuses it",
    "articles.forms.themes.TalkRequestForm.name": "the model's field refuses it",
    "articles.forms.themes.TalkRequestForm.organisation": "the model's field refuses it",
    "articles.forms.themes.TalkRequestForm.phone": "the model's field refuses it",
    "articles.forms.themes.TalkRequestForm.suitable_days": "the model's field refuses it",
    "articles.forms.themes.TalkRequestForm.topic": "the model's field refuses it",
    "kb.LibraryRendition.filter_spec": "a size, written by the program",
    "kb.Offer.action_kind": "one of the codes of the action kinds",
    "kb.ThemeRule.rule": "the code of a renewal rule",
    "people.BusyTime.source": "the name of a calendar, written by the program",
    "people.Employee.first_name": "the employee's own name",
    "people.Employee.last_name": "the employee's own name",
    "people.Employee.password": "a hash",
    "people.Employee.username": "held to its shape by Django's validator",
    "privacy.AuditEntry.action": "a code",
    "privacy.AuditEntry.object_id": "a key",
    "privacy.AuditEntry.object_type": "the name of a model",
    "privacy.AuditEntry.reason": "a code or an address' name, written by the program",
    "search.admin.forms.PromotionForm.note": "the model's field refuses it",
    "search.admin.forms.PromotionForm.trigger": "the model's field refuses it",
    "search.ClickLogEntry.document": "a key",
    "search.ClickLogEntry.query": "copied from the query log, which is checked",
    "search.IndexedDocument.body": "a copy of fields that are checked",
    "search.IndexedDocument.document_id": "a key",
    "search.IndexedDocument.namespace": "a name in the program",
    "search.IndexedDocument.title": "a copy of fields that are checked",
    "search.IndexedDocument.title_sort": "a copy of fields that are checked",
    "search.IndexedDocument.type": "a code",
    "search.IndexedDocument.url": "an address",
    "search.IndexedWord.namespace": "a name in the program",
    "search.IndexedWord.word": "one word of a copy of fields that are checked",
    "search.OutboxEvent.last_error": "the name of an error",
    "search.OutboxEvent.object_id": "a key",
    "search.OutboxEvent.source": "a name in the program",
    "search.QueryLogEntry.engine": "a name in the program",
    "search.QueryLogEntry.index": "a name in the program",
    "search.QueryLogEntry.query": "six digits in a row and more are dropped (search/querylog.py)",
    "content_check.AskedAbout.digest": "a hash",
    "content_check.AskedAbout.object_id": "a key",
    "sources.Source.doi": "an identifier, held to its shape by constraint",
    "sparring.RenewalNeed.fingerprint": "16 hex digits, written by the program",
    "sparring.Case.code": "letters, a dash and at most six digits, by constraint",
    "people.Notification.message_id": "written by the program",
    "sparring.RenewalNeed.held_back": "a code",
    "sparring.RenewalNeed.order_key": "a key",
    "sparring.SessionCard.rule": "the code of a renewal rule",
    "stories.ConsentCode.code_hash": "a hash",
    "stories.StoryConsent.text_version": "a version",
    "stories.StoryPage.approved_digest": "a hash",
    "stories.StoryPage.checked_digest": "a hash",
    "stories.StoryPage.dilemma": "a key",
    "stories.StoryReview.digest": "a hash",
    "stories.StoryTombstone.address_hash": "a hash",
    "stories.WarningReason.fingerprint": "a hash",
    "people.own.forms.SubscribeForm.address": "an address, where ten digits may stand by chance",
    "sparring.sessions.forms.sessions.ClosingForm.stored_asked": "marks that hold no words",
    "sparring.shared.forms.AsksAboutStored.stored_asked": "marks that hold no words",
    "sparring.bookings.forms.rooms.RoomForm.online_link": "an address",
    "stories.forms.review.DigestForm.digest": "a hash",
    "stories.forms.review.ReasonForm.found": "a hash",
    "stories.forms.review.SendBackForm.digest": "a hash",
}
SHAPED = (models.SlugField, models.URLField, models.EmailField, models.UUIDField)
SHAPED_FORM = (
    forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.IntegerField,
    forms.FloatField, forms.BooleanField, forms.DateField, forms.TimeField, forms.DateTimeField,
    forms.FileField, forms.EmailField, forms.UUIDField, forms.TypedChoiceField,
)  # fmt: skip


def _is_free_text(field: models.Field) -> bool:
    return (
        isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, SHAPED)
        and field.editable
        and not field.choices
    )


def _model_fields():
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                if _is_free_text(field):
                    yield f"{model._meta.label}.{field.name}", field


def _form_classes():
    for label in OURS:
        for found in pkgutil.walk_packages([label], f"{label}."):
            if ".forms" in found.name or found.name.endswith(".forms"):
                module = importlib.import_module(found.name)
                for value in vars(module).values():
                    if isinstance(value, type) and issubclass(value, forms.BaseForm):
                        yield value


def _form_fields():
    for form in set(_form_classes()):
        for name, field in form.base_fields.items():
            if isinstance(field, forms.CharField) and not isinstance(field, SHAPED_FORM):
                yield f"{form.__module__}.{form.__name__}.{name}", field


@pytest.mark.parametrize(("name", "field"), sorted(_model_fields(), key=lambda pair: pair[0]))
def test_every_free_text_field_of_a_model_refuses_cpr(name, field):
    assert refuse_cpr in field.validators or name in EXEMPT


@pytest.mark.parametrize(("name", "field"), sorted(_form_fields(), key=lambda pair: pair[0]))
def test_every_free_text_field_of_a_form_refuses_cpr(name, field):
    assert refuse_cpr in field.validators or name in EXEMPT


def test_every_exemption_is_still_needed():
    open_fields = {
        name
        for name, field in [*_model_fields(), *_form_fields()]
        if refuse_cpr not in field.validators
    }

    assert sorted(set(EXEMPT) - open_fields) == []
