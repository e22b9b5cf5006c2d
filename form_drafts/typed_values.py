"""Pure: what of a form is kept while it is typed, and how it comes back into the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from privacy.anonymity import contains_cpr, find_cpr
from privacy.fields import refuse_cpr

TAKEN_OUT = "[…]"
PRIVACY = "privacy."


@dataclass(frozen=True)
class KeptValues:
    """`values` by the names the page sends; `refused`: why, by the id of the field."""

    values: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def kept_names(form: forms.BaseForm) -> list[str]:
    """The fields that somebody fills in by hand: no files, passwords or hidden ones."""
    return [name for name, one in form.fields.items() if _is_kept(one)]


def read_typed(form: forms.BaseForm, posted: QueryDict) -> KeptValues:
    """The texts of the form's own fields, without the words that may not be written here."""
    kept = KeptValues()
    for name in kept_names(form):
        own = form.add_prefix(name)
        # A field of several parts sends own_0, own_1 …
        for key in posted:
            if key == own or key.startswith(f"{own}_"):
                _read(kept, form[name], key, posted.getlist(key))
    return kept


def fill(form: forms.BaseForm, values: dict[str, list[str]]) -> None:
    """Put kept texts into a form that is not bound, as its first values."""
    posted = QueryDict(mutable=True)
    for key, texts in values.items():
        posted.setlist(key, texts)
    for name in kept_names(form):
        widget, own = form.fields[name].widget, form.add_prefix(name)
        if not widget.value_omitted_from_data(posted, {}, own):
            form.initial[name] = widget.value_from_datadict(posted, {}, own)


def without_refused_words(text: str) -> str:
    """The text with each CPR number taken out; a sign stands where it was."""
    for start, end in reversed(find_cpr(text)):
        text = f"{text[:start]}{TAKEN_OUT}{text[end:]}"
    return "" if contains_cpr(text) else text


def _is_kept(one: forms.Field) -> bool:
    secret = isinstance(one.widget, forms.PasswordInput)
    return not (secret or one.disabled or one.widget.is_hidden or isinstance(one, forms.FileField))


def _read(kept: KeptValues, bound: forms.BoundField, key: str, texts: list[str]) -> None:
    kept.values[key] = []
    for text in texts:
        clean = without_refused_words(text)
        why = _refusal(bound.field, text)
        if why:
            kept.refused[bound.auto_id] = why
        # What another rule of ours refuses cannot be told apart within the text.
        kept.values[key].append("" if _refusal(bound.field, clean) else clean)


def _refusal(one: forms.Field, text: str) -> str:
    """What our own rules say against the words: those of the privacy room, never of a form."""
    ours: list[Any] = [refuse_cpr]
    ours += [rule for rule in one.validators if _module(rule).startswith(PRIVACY)]
    for rule in ours:
        try:
            rule(text)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def _module(rule: Any) -> str:
    return getattr(rule, "__module__", type(rule).__module__)
