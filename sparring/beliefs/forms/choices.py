"""Choices that several forms of the case half share: the workplace stands first in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kb.models import Offer
from kb.models.offers import OfferGroup
from sparring.beliefs.queries.offers import open_offers
from sparring.enums import COMPANY_KINDS, ActionKind, ChosenBecause
from sparring.models import Action
from sparring.shared.forms import CaseTextFormField

if TYPE_CHECKING:
    from django.db.models import QuerySet

Grouped = list[tuple[Any, Any]]


def kind_choices() -> Grouped:
    """The kinds of action, those at a workplace before all others."""
    others = [kind for kind in ActionKind if kind not in COMPANY_KINDS]
    return [
        ("", _("Choose …")),
        (_("At a workplace"), [(kind.value, kind.label) for kind in COMPANY_KINDS]),
        (_("Other"), [(kind.value, kind.label) for kind in others]),
    ]


def chosen_because_field() -> forms.ChoiceField:
    """Why this one and not another: one click, and it may be left out."""
    return forms.ChoiceField(
        label=_("Why this one?"),
        choices=ChosenBecause.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("One click. No answer is wrong."),
    )


def chosen_words_field() -> CaseTextFormField:
    """Why in words; needed only for something else."""
    return CaseTextFormField(
        label=_("In a few words"),
        max_length=200,
        required=False,
        help_text=_("Needed where it was something else."),
    )


class OfferField(forms.ModelChoiceField):
    """One of the open offers of the catalogue, by group, or none."""

    def __init__(self) -> None:
        super().__init__(
            queryset=Offer.objects.shown(), label=_("From the catalogue"), required=False
        )

    def show_open(self) -> None:
        """Offer what is open now; call it when the form is made."""
        groups: dict[str, list[tuple[int, str]]] = {}
        for offer in open_offers():
            groups.setdefault(offer.group, []).append((offer.pk, offer.name))
        named = [(group.label, groups[group]) for group in OfferGroup if group in groups]
        self.choices = [("", _("Not chosen")), *named]


class BesideField(forms.ModelMultipleChoiceField):
    """Which of the case's actions it goes on beside."""

    def __init__(self) -> None:
        super().__init__(
            queryset=Action.objects.none(),
            label=_("Goes on beside"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Tick what can happen at the same time."),
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}: {obj.what}" if obj.what else obj.get_kind_display()


def prepare(form: forms.Form, actions: QuerySet[Action]) -> None:
    """Fill the offers and the case's open actions in; without any of these the field is left out.

    `actions` are those of the case that may go on beside the new one.
    """
    offer, beside = form.fields.get("offer"), form.fields["parallel_with"]
    if isinstance(offer, OfferField):
        offer.show_open()
    assert isinstance(beside, BesideField)
    beside.queryset = actions
    if not actions.exists():
        del form.fields["parallel_with"]
