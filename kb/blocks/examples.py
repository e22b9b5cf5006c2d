"""Invented things that the picker of blocks shows an editor; none of them is stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model


def key_figure() -> Model:
    """A figure about nobody."""
    return _made(
        "kb.KeyFigure",
        key="eksempel",
        statement=_("6 of 100 had been at a workplace within a year (an example)."),
        population=_("Those who were asked, in one municipality."),
        comparison=_("None."),
        horizon=_("one year"),
        adjustment="raw",
        reading_a=_("Few make it."),
        reading_b=_("Somebody makes it, every year."),
        live=True,
    )


def evidence_card() -> Model:
    """A card about an offer that does not exist."""
    why = _("An example.")
    return _made(
        "kb.EvidenceCard",
        slug="eksempel",
        subject=_("Visits to workplaces (an example)"),
        subject_kind="offer",
        verdict="few",
        summary=_("Too few have studied it to say more."),
        design_why=why,
        amount_why=why,
        consistency_why=why,
        relevance_why=why,
        currency_why=why,
        judged_by=_("The editors"),
        reviewed_on=date(2026, 1, 15),
        review_on=date(2027, 1, 15),
        live=True,
    )


def phrase() -> Model:
    """A phrase as the cards have them."""
    return _made(
        "kb.Phrase",
        phrase=_("is not motivated"),
        closes=_("What the person wants instead."),
        alternative=_("has not found a reason yet"),
    )


def method() -> Model:
    """A method nobody uses; methods live above this room, hence the string."""
    return _made(
        "learning.Method",
        slug="eksempel",
        name=_("Three good questions (an example)"),
        minutes=20,
        participants="2–3",
        purpose=_("See one more way forward."),
        when=_("When the same step was tried twice."),
        when_not=_("When the decision is made already."),
    )


def _made(kind: str, /, **fields: Any) -> Model:
    return apps.get_model(kind)(**fields)
