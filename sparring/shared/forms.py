"""The form field for words about a citizen: the one that every form of the case half uses.

It refuses what would let anybody reach the citizen, and quotes the place. It asks once about names
and illnesses: the same words saved again stand. While one writes, a line below says the same
(`sparring/texts/views/check.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from privacy.anonymity.notes import mark_of
from privacy.fields import SafeTextFormField
from sparring.shared.case_texts import let_stand, look_at, quoted
from sparring.shared.text_lines import Lines, lines_of

if TYPE_CHECKING:
    from django.forms import Field

    from privacy.anonymity.report import Finding


class AskedOnce(ValidationError):
    """Words that somebody is asked about; `marks` say which, and hold none of them."""

    def __init__(self, message: str, *, marks: Iterable[str]) -> None:
        super().__init__(message, code="asked_once")
        self.marks = frozenset(marks)


class Typed(str):
    """A text as it was sent, with the marks of the words that its writer was asked about."""

    asked: frozenset[str]


class CaseTextBoundField(BoundField):
    """A field with what the check says of its text, for components/_field_check.html."""

    @property
    def data(self) -> Any:
        """What was typed, and which words its writer was asked about when it was sent last."""
        value = super().data
        if value is None:
            return None
        typed = Typed(value)
        typed.asked = frozenset(str(self.form.data.get(self.asked_name, "")).split())
        return typed

    @property
    def asked_name(self) -> str:
        """The name of the hidden field that brings the marks back."""
        return f"{self.html_name}-asked"

    @property
    def check_id(self) -> str:
        """Where the line below the field stands; static/src/js/site.js knows the beginning."""
        return f"check-{self.auto_id or self.html_name}"

    @cached_property
    def lines(self) -> Lines:
        """What the check says of the text as it stands in the field."""
        return lines_of(str(self.value() or ""), self.id_for_label)

    @cached_property
    def asked(self) -> str:
        """The marks of what the writer has been asked about by now."""
        data = self.data if self.form.is_bound else None
        before: frozenset[str] = getattr(data, "asked", frozenset())
        errors = self.form.errors.get(self.name)
        asked = [
            error.marks
            for error in (errors.as_data() if errors is not None else ())
            if isinstance(error, AskedOnce)
        ]
        return " ".join(sorted(before.union(*asked)))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        own = {
            "hx-post": reverse("sparring:case_text_check"),
            "hx-trigger": "input changed delay:120ms",
            "hx-params": self.html_name,
            "hx-target": f"#{self.check_id}",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }
        return super().build_widget_attrs({**own, **attrs}, widget)


class CaseTextFormField(SafeTextFormField):
    """Words about a citizen."""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        return CaseTextBoundField(form, self, field_name)

    def run_validators(self, value: str) -> None:
        """What may never stand is quoted, so that it is found in a long text."""
        refused = look_at(value).refused if value else ()
        if refused:
            raise ValidationError([_refusal(finding) for finding in refused])
        super().run_validators(value)

    def clean(self, value: Any) -> str:
        """Raise ValidationError for what is refused, and once for what is asked about."""
        text: str = super().clean(value)
        warned = look_at(text).warned if text else ()
        asked: frozenset[str] = getattr(value, "asked", frozenset())
        new = [finding for finding in warned if mark_of(finding) not in asked]
        if new:
            raise _question(new)
        if warned:
            let_stand(text)
        return text


class AsksAboutStored(forms.Form):
    """A form that asks once about words stored while they were written: a session's notes."""

    stored_asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = [text for text in stored if text]

    def clean(self) -> dict[str, Any]:
        """Raise AskedOnce for what was not asked about before."""
        cleaned = super().clean() or {}
        asked = set(cleaned.pop("stored_asked", "").split())
        warned = {text: look_at(text).warned for text in self.stored}
        new = [found for rows in warned.values() for found in rows if mark_of(found) not in asked]
        if new:
            marks = asked.union(map(mark_of, new))
            again: Any = self.data
            again = again.copy()
            again[self.add_prefix("stored_asked")] = " ".join(sorted(marks))
            self.data = again
            words = quoted([finding.text for finding in new])
            raise AskedOnce(
                gettext(
                    "The notes say %(words)s. Change the notes, or save again if it is to stand."
                )
                % {"words": words},
                marks=marks,
            )
        for text, found in warned.items():
            if found:
                let_stand(text)
        return cleaned


def _refusal(finding: Finding) -> ValidationError:
    words = {
        "words": " ".join(finding.text.split()),
        "reason": finding.reason,
        "suggestion": finding.suggestion,
    }
    sentence = gettext("“%(words)s”: %(reason)s %(suggestion)s")
    return ValidationError(sentence % words, code=finding.type)


def _question(findings: list[Finding]) -> AskedOnce:
    sentence = gettext(
        "Look at %(words)s once more. Write it otherwise below, or save again if it is to stand."
    )
    words = quoted([finding.text for finding in findings])
    return AskedOnce(sentence % {"words": words}, marks=map(mark_of, findings))


def is_case_text(field: Field) -> bool:
    """Whether it is declared as words about a citizen."""
    return isinstance(field, CaseTextFormField)
