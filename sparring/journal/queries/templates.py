"""How a municipality words its texts, and a case that nobody has, to show it on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from sparring.enums import ActionDone, BeliefSetting, ByRole, ChangedMind, ContactForm
from sparring.journal.placeholders import usual_template
from sparring.models import JournalTemplate

from .values import bid_in_words

if TYPE_CHECKING:
    from people.models import Municipality


def own_templates(municipality: Municipality) -> dict[str, str]:
    """The wordings of its own, by occasion; one query."""
    rows = JournalTemplate.objects.filter(municipality=municipality)
    return dict(rows.values_list("occasion", "text"))


def template_of(municipality: Municipality, occasion: str) -> str:
    """The municipality's own wording, else the usual one."""
    row = JournalTemplate.objects.filter(municipality=municipality, occasion=occasion).first()
    return row.text if row is not None else usual_template(occasion)


def invented_values(today: date) -> Mapping[str, str]:
    """What would stand in each placeholder of a case that is made up."""

    def day(days: int) -> str:
        return formats.date_format(today + timedelta(days=days), "DATE_FORMAT")

    return {
        "sag": "XX-0000",
        "dato": day(0),
        "spørgsmål": _("What have I stopped seeing?"),
        "talt_om": _("Strengths, the first step"),
        "noter": _("We talked about a workplace near the bus, and about who goes along."),
        "bud": bid_in_words(6),
        "retning": str(ChangedMind.UP.label),
        "begrundelse": _("The citizen has found two workplaces."),
        "handling": _("Visit one of them together."),
        "slags": _("Company visit"),
        "ansvarlig": _("the caseworker"),
        "ansvarlig_navn": _("Kim Example"),
        "første_skridt": day(3),
        "frist": day(14),
        "borgeren_får_at_vide": _("That we go there together."),
        "siges_den": day(2),
        "opfølgning": day(30),
        "gjort": str(ActionDone.PARTLY.label),
        "hvad_skete": _("We went there; the trial begins next week."),
        "borgeren_sagde": _("It was shorter than I had feared."),
        "næste_skridt": _("The trial day is agreed by phone."),
        "hvis_tro": str(ByRole.CASEWORKER.label),
        "bygger_på": _("What the citizen says"),
        "anledning": str(BeliefSetting.CONVERSATION.label),
        "kontakt": str(ContactForm.PHONE.label),
        "gælder_til": day(90),
    }
