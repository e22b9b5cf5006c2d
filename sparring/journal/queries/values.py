"""What stands in the placeholders of a text: read from what was registered, nothing is made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.roles import Role
from renewal import local_date
from sparring.enums import Evidence
from sparring.journal.transcripts import transcript_of
from sparring.notes.queries.notes import text_of

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Action, Belief, Case, FollowUp, Outcome, SparringSession

Values = Mapping[str, str]


def session_values(outcome: Outcome) -> Values:
    """What a closed session ended with, and what it was about."""
    session, belief, action = outcome.session, outcome.belief, outcome.action
    return {
        "dato": _day(session.starts_at),
        "spørgsmål": session.request.key_question,
        "talt_om": ", ".join(_themes(session)),
        "noter": _notes(session),
        "retning": str(outcome.get_changed_mind_display()),
        "slags": str(action.get_kind_display()),
        "første_skridt": _day(action.planned_for),
        "siges_den": _day(outcome.citizen_told_on),
        "opfølgning": _day(outcome.follow_up.due_on),
        **_of_case(session.case),
        **_of_belief(belief),
        **_of_action(action),
        "borgeren_får_at_vide": outcome.citizen_told,
    }


def follow_up_values(row: FollowUp, *, with_belief: bool) -> Values:
    """What came of an agreement; the belief again is the caseworker's own."""
    outcome = row.outcome
    belief = row.belief if with_belief else None
    return {
        "dato": _day(row.done_at or row.due_on),
        "gjort": str(row.get_action_done_display() if row.done_at else _("Not followed up")),
        "hvad_skete": row.note or row.dropped_because,
        "borgeren_sagde": row.citizen_reaction,
        "næste_skridt": row.next_step,
        **_of_case(outcome.session.case),
        **_of_action(outcome.action),
        **_of_belief(belief),
    }


def belief_values(belief: Belief) -> Values:
    """One registered belief."""
    labels = dict(Evidence.choices)
    return {
        "dato": _day(belief.meant_on),
        "hvis_tro": str(belief.get_by_role_display()),
        "bygger_på": ", ".join(str(labels[code]) for code in belief.evidence if code in labels),
        "anledning": str(belief.get_setting_display()),
        "kontakt": str(belief.get_contact_form_display()),
        "gælder_til": _day(belief.expires_on),
        **_of_case(belief.case),
        **_of_belief(belief),
    }


def function_of(person: Employee | None, case: Case) -> str:
    """What a person is to the case: a journal tells functions, not names of colleagues."""
    if person is None:
        return ""
    if person.pk == case.owner_id:
        return _("the caseworker")
    if Role.BUSINESS_CONSULTANT in person.roles:
        return _("the business consultant")
    return _("a colleague")


def _of_case(case: Case) -> Values:
    return {"sag": case.code}


def _of_belief(belief: Belief | None) -> Values:
    if belief is None:
        return {"bud": "", "begrundelse": ""}
    return {"bud": bid_in_words(belief.value), "begrundelse": belief.because}


def bid_in_words(value: int) -> str:
    """A bid with its scale."""
    return _("%(value)s of 10") % {"value": value}


def _of_action(action: Action) -> Values:
    person = action.responsible
    return {
        "handling": action.what or str(action.get_kind_display()),
        "ansvarlig": function_of(person, action.case),
        "ansvarlig_navn": person.get_full_name() if person else "",
        "frist": _day(action.deadline),
    }


def _themes(session: SparringSession) -> list[str]:
    """The themes of the cards on the table; two queries."""
    cards = session.cards.filter(swapped_out=False)
    themes = ThemePage.objects.filter(pk__in=cards.values("card__theme")).order_by("number")
    return list(themes.values_list("nav_title", flat=True))


def _notes(session: SparringSession) -> str:
    parts = (text_of(session), transcript_of(session))
    return "\n".join(part for part in parts if part)


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    day = local_date(value) if isinstance(value, datetime) else value
    return formats.date_format(day, "DATE_FORMAT")
