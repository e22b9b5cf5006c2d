"""»Tekst til journalen«: what stands in it, who gets it, and that nothing of it is kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from privacy.leaks import tables_holding
from privacy.models import AuditEntry
from sparring.enums import BeliefSetting, ByRole, JournalOccasion
from sparring.handovers.domain.handing_over import hand_over
from sparring.journal.domain.texts import (
    make_belief_text,
    make_follow_up_text,
    make_session_text,
)
from sparring.journal.transcripts import forget_transcript_source, register_transcript_source
from sparring.models import JournalTemplate
from sparring.sessions.domain.outcomes import drop_follow_up
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import CardFactory, people_of, running_session
from tests.factories.sparring import BeliefFactory
from tests.sparring.pages import client_of, url

from .scenes import NOTES, closed_session, followed_up

pytestmark = pytest.mark.django_db


def worded(session, text, occasion=JournalOccasion.SESSION):
    JournalTemplate.objects.create(
        municipality=session.case.municipality, occasion=occasion, text=text
    )


def session_text(session):
    return make_session_text(actor=session.case.owner, session=session)


def test_the_text_says_what_was_talked_about_and_agreed():
    session = closed_session()
    CardFactory.create_batch(2)
    session.cards.create(card=CardFactory(theme_number=5), position=9)
    theme = session.cards.get(position=9).card.theme.nav_title

    text = session_text(session).text

    for said in (
        f"Sag: {session.case.code}",
        session.request.key_question,
        theme,
        NOTES,
        "Nyt bud: 6 af 10",
        "Borgeren har selv fundet to steder.",
        "Besøge det ene sted sammen",
        "Ansvarlig: sagsbehandleren",
        "At vi tager afsted sammen i næste uge.",
    ):
        assert said in text
    assert "{" not in text
    assert not any(str(person) in text for person in people_of(session))


def test_a_card_that_was_swapped_out_was_not_talked_about():
    session = closed_session()
    swapped = CardFactory(theme_number=6)
    session.cards.create(card=swapped, position=9, swapped_out=True)

    assert swapped.theme.nav_title not in session_text(session).text


def test_what_is_unknown_leaves_no_heading_behind():
    text = session_text(closed_session(notes="")).text

    assert "Noter" not in text


@pytest.mark.parametrize(
    ("roles", "function"),
    [(["caseworker"], "en kollega"), (["business_consultant"], "virksomhedskonsulenten")],
)
def test_who_is_responsible_is_told_by_function(roles, function):
    def colleague(session):
        person = people_of(session)[1]
        person.roles = roles
        person.save()
        return person

    session = closed_session(responsible=colleague)

    made = session_text(session)

    assert f"Ansvarlig: {function}" in made.text
    assert made.named == ""


def test_the_template_may_ask_for_the_name():
    session = closed_session()
    worded(session, "Ansvarlig er {ansvarlig_navn}.")

    made = session_text(session)

    assert made.text == f"Ansvarlig er {session.case.owner.get_full_name()}."
    assert made.named == session.case.owner.get_full_name()


def test_the_municipalitys_own_wording_is_used_and_no_other_ones():
    session, elsewhere = closed_session(), closed_session()
    worded(session, "Kort: {handling}")

    assert session_text(session).text == "Kort: Besøge det ene sted sammen"
    assert "Kort:" not in session_text(elsewhere).text


def test_a_follow_up_says_what_came_of_it():
    session = closed_session()
    row = followed_up(
        session, citizen_reaction="Det var fint.", value=7, because="Der er en dato.",
        next_step="Ringe igen",
    )  # fmt: skip

    text = make_follow_up_text(actor=session.case.owner, follow_up=row).text

    for said in (
        "Delvist", "lederen var syg", "Det var fint.", "7 af 10", "Der er en dato.", "Ringe igen",
        "Besøge det ene sted sammen",
    ):  # fmt: skip
        assert said in text


def test_whoever_was_responsible_gets_the_text_without_the_belief():
    session = closed_session(responsible=lambda session: people_of(session)[2])
    row = followed_up(session, value=7, because="Der er en dato.")

    text = make_follow_up_text(actor=people_of(session)[2], follow_up=row).text

    assert "lederen var syg" in text
    assert "7 af 10" not in text
    assert "Der er en dato." not in text


def test_a_follow_up_that_was_dropped_says_why():
    session = closed_session()
    row = drop_follow_up(
        actor=session.case.owner,
        follow_up=session.outcome.follow_up,
        because="Borgeren er flyttet.",
    )

    text = make_follow_up_text(actor=session.case.owner, follow_up=row).text

    assert "Ikke fulgt op" in text
    assert "Borgeren er flyttet." in text


def test_a_follow_up_that_waits_has_no_text():
    session = closed_session()

    with pytest.raises(ValidationError):
        make_follow_up_text(actor=session.case.owner, follow_up=session.outcome.follow_up)


def test_a_belief_without_a_session_has_a_text():
    belief = BeliefFactory(
        value=4, because="Har prøvet det før.", setting=BeliefSetting.CONVERSATION,
        evidence=["tried", "citizen_says"], contact_form="phone",
    )  # fmt: skip

    text = make_belief_text(actor=belief.case.owner, belief=belief).text

    for said in ("Sagsbehandler", "4 af 10", "Har prøvet det før.", "Borgerens udsagn"):
        assert said in text


@pytest.mark.parametrize("seat", [1, 2])
def test_a_colleague_of_the_session_gets_no_text(seat):
    session = closed_session()

    with pytest.raises(PermissionDenied):
        make_session_text(actor=people_of(session)[seat], session=session)
    assert (
        client_of(people_of(session)[seat]).get(url("session_journal", session.pk)).status_code
        == 403
    )


def test_a_session_that_is_not_closed_has_no_text():
    session = running_session()

    with pytest.raises(ValidationError):
        session_text(session)
    assert client_of(session.case.owner).get(url("session_journal", session.pk)).status_code == 404


def test_who_has_handed_the_case_over_gets_no_text_and_the_next_sees_no_number():
    session = closed_session()
    before, after = session.case.owner, EmployeeFactory(unit=session.case.unit)
    row = followed_up(session)
    belief = session.outcome.belief
    hand_over(case=session.case, actor=before, to=after)
    session.refresh_from_db()

    for person in (before, after):
        with pytest.raises(PermissionDenied):
            make_session_text(actor=person, session=session)
    with pytest.raises(PermissionDenied):
        make_follow_up_text(actor=before, follow_up=row)
    belief.case.refresh_from_db()
    with pytest.raises(PermissionDenied):
        make_belief_text(actor=after, belief=belief)


def test_a_belief_that_was_corrected_has_no_text():
    wrong = BeliefFactory()
    BeliefFactory(case=wrong.case, corrects=wrong)

    with pytest.raises(PermissionDenied):
        make_belief_text(actor=wrong.case.owner, belief=wrong)


def test_the_citizens_belief_has_a_text_for_a_new_caseworker_too():
    belief = BeliefFactory(by_role=ByRole.CITIZEN, because="Jeg vil gerne i gang.")

    assert "Jeg vil gerne i gang." in make_belief_text(actor=belief.case.owner, belief=belief).text


def test_that_a_text_was_made_is_audited_and_no_word_of_it_is_kept():
    session = closed_session()
    worded(session, "Kanariefugl {sag}: {handling}")
    row = followed_up(session)
    owner = session.case.owner
    belief = BeliefFactory(case=session.case)
    client = client_of(owner)

    pages = [
        client.get(url("session_journal", session.pk)),
        client.get(url("follow_up_journal", row.pk)),
        client.get(url("belief_journal", session.case.code, belief.pk)),
    ]
    client.post(url("journal_check"), {"text": "Undulatskrift om en borger"})

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all("no-store" in page["Cache-Control"] for page in pages)
    made = AuditEntry.objects.filter(action="journal.make", actor=owner).order_by("pk")
    assert [entry.object_type for entry in made] == [
        "sparring.sparringsession", "sparring.followup", "sparring.belief",
    ]  # fmt: skip
    assert {entry.details["case"] for entry in made} == {session.case.pk}
    assert tables_holding("Undulatskrift") == []
    assert tables_holding("Kanariefugl") == ["sparring_journaltemplate"]


def test_outsiders_do_not_learn_that_there_is_a_text():
    session = closed_session()
    row = followed_up(session)
    stranger = client_of(EmployeeFactory(unit=session.case.unit))
    belief = session.outcome.belief

    for address in (
        url("session_journal", session.pk),
        url("follow_up_journal", row.pk),
        url("belief_journal", session.case.code, belief.pk),
    ):
        assert stranger.get(address).status_code == 404


def test_the_button_stands_where_something_has_ended():
    session = closed_session()
    client = client_of(session.case.owner)
    belief = BeliefFactory(case=session.case)
    text = url("session_journal", session.pk)

    assert text in client.get(url("session", session.pk)).content.decode()
    other = client_of(people_of(session)[1]).get(url("session", session.pk))
    assert text not in other.content.decode()
    row = session.outcome.follow_up
    waiting = client.get(url("follow_up", row.pk)).content.decode()
    followed_up(session)
    done = client.get(url("follow_up", row.pk)).content.decode()
    assert url("follow_up_journal", row.pk) not in waiting
    assert url("follow_up_journal", row.pk) in done
    page = client.get(url("case_detail", session.case.code)).content.decode()
    assert url("belief_journal", session.case.code, belief.pk) in page
    assert url("belief_journal", session.case.code, session.outcome.belief.pk) not in page


class Recorder:
    """A municipality's own transcripts, as an app of theirs would answer."""

    def summary_of(self, session):
        return f"Udskrift af {session.case.code}: Mette sagde det selv."


def test_a_transcript_comes_in_by_the_seam_and_is_looked_over():
    session = closed_session()
    register_transcript_source(Recorder())
    try:
        page = client_of(session.case.owner).get(url("session_journal", session.pk))
    finally:
        forget_transcript_source()

    assert f"Udskrift af {session.case.code}" in page.content.decode()
    assert "<mark>Mette</mark>" in page.content.decode()
    assert "Udskrift" not in session_text(session).text
