"""Claims, due dates, who is told, a second reader on request, and slips of the pen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from people.enums import Reason
from people.models import Notification
from people.roles import Role
from people.working_days import working_days_after
from stories.domain import appeals, claims, consents, corrections, notices, review
from stories.domain.review import READ_WITHIN
from stories.enums import Scope, State
from stories.models import ReviewClaim, StoryConsent, StoryPage
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.stories import (
    make_approver,
    make_consented,
    make_in_review,
    make_opened,
    make_published,
)
from tests.sent_notifications import send_all, told
from tests.stories.pages import login, page
from tests.stories.test_publication import constraint_of

pytestmark = pytest.mark.django_db


# When it is due.


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),  # Friday to Friday
        (date(2026, 11, 21), date(2026, 11, 27)),  # Saturday
        (date(2026, 11, 23), date(2026, 11, 30)),  # Monday
        (date(2026, 3, 31), date(2026, 4, 10)),  # over Easter
        (date(2026, 12, 22), date(2027, 1, 4)),  # over Christmas and New Year
    ],
)
def test_a_reading_is_due_after_five_working_days(day, due):
    with time_machine.travel(datetime.combine(day, time(11), tzinfo=UTC), tick=False):
        assert make_in_review().due_on == due


def test_the_queue_marks_what_is_overdue():
    story, reviewer = make_in_review(), make_approver()
    assert story.due_on == working_days_after(timezone.localdate(), READ_WITHIN)
    html = page(login(reviewer), reverse("stories:queue"))
    assert "Læses senest" in html
    assert "Over tiden" not in html

    StoryPage.objects.filter(pk=story.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    assert "Over tiden" in page(login(reviewer), reverse("stories:queue"))


# "I am looking at it".


def test_one_reader_at_a_time():
    story, first, second = make_in_review(), make_approver(), make_approver()
    claims.claim_review(actor=first, story=story)

    with pytest.raises(ValidationError, match="kollega"):
        claims.claim_review(actor=second, story=story)
    with pytest.raises(ValidationError):
        review.approve(actor=second, story=story)
    with pytest.raises(ValidationError):
        review.send_back(actor=second, story=story, reason="Skriv mere.")
    html = page(login(second), reverse("stories:queue"))
    assert f"{first} kigger på den" in html

    assert review.approve(actor=first, story=story).live is True
    assert not ReviewClaim.objects.exists()


def test_a_claim_ends_by_itself_and_by_hand():
    story, first, second = make_in_review(), make_approver(), make_approver()
    claims.claim_review(actor=first, story=story)
    ReviewClaim.objects.update(until=timezone.now() - timedelta(seconds=1))

    claims.claim_review(actor=second, story=story)
    claims.release_review(actor=first, story=story)  # no longer theirs
    assert ReviewClaim.objects.get().reviewer == second
    claims.release_review(actor=second, story=story)

    assert not ReviewClaim.objects.exists()


def test_an_author_claims_nothing():
    author = make_approver()

    with pytest.raises(PermissionDenied):
        claims.claim_review(actor=author, story=make_in_review(author))


def test_the_button_in_the_queue_leads_to_the_story():
    story, reviewer = make_in_review(), make_approver()

    answer = login(reviewer).post(reverse("stories:claim", args=[story.pk]))

    assert answer.url == reverse("stories:review", args=[story.pk])
    assert ReviewClaim.objects.get().reviewer == reviewer
    html = page(login(make_approver()), answer.url)
    assert f"{reviewer} kigger på den indtil" in html


# Who is told.


def _told(kind, story):
    return {row.employee for row in told(kind, object_id=story.pk)}


def test_only_the_readers_of_the_municipality_are_told_and_never_the_author():
    unit = UnitFactory()
    author = make_approver(unit=unit)
    near = make_approver(unit=UnitFactory(municipality=unit.municipality))
    make_approver(unit=unit, wants_mail=False)
    make_approver(unit=unit, is_active=False)
    make_approver()  # of another municipality
    EmployeeFactory(unit=unit)

    story = make_in_review(author)

    assert _told("stories.to_read", story) == {near}


def test_without_a_reader_in_the_municipality_the_others_are_told():
    far = make_approver()

    assert _told("stories.to_read", make_in_review()) == {far}


def test_a_story_that_may_be_opened_is_told_to_readers_of_other_units():
    author = EmployeeFactory()
    same = make_approver(unit=author.unit)
    other = make_approver(unit=UnitFactory(municipality=author.municipality))

    story = make_published(author, scopes=(Scope.INTERNAL, Scope.OPEN))

    assert _told("stories.to_open", story) == {other}
    assert _told("stories.to_read", story) == {same, other}


def test_a_notice_is_mailed_once_and_holds_no_word_of_the_story():
    make_approver()
    make_in_review(title="Hemmelig titel")

    (notice,) = send_all("stories.to_read")
    assert send_all("stories.to_read") == []

    [message] = outbox.outbox
    assert message.to == [notice.employee.email]
    assert "Hemmelig" not in message.subject + message.body
    assert reverse("stories:queue") in message.body


def test_a_notice_that_is_no_longer_true_is_not_mailed():
    make_approver()
    story = make_in_review()
    review.withdraw_from_review(actor=story.author, story=story)

    assert send_all() == []
    assert Notification.objects.get().reason == Reason.OVERTAKEN
    assert outbox.outbox == []


def test_the_same_occasion_is_told_once():
    reviewer = make_approver()
    story = make_in_review()

    assert notices.tell(story=story, kind="stories.appeal", people=[reviewer], occasion="1") == 1
    assert notices.tell(story=story, kind="stories.appeal", people=[reviewer], occasion="1") == 0


# A refusal reaches the author; a second reader on request.


def _sent_back(reviewer, **kwargs):
    story = make_in_review(**kwargs)
    return review.send_back(actor=reviewer, story=story, reason="Det er for tæt på borgeren.")


def test_the_reason_reaches_the_author_by_mail_and_page():
    story = _sent_back(make_approver())

    send_all("stories.decision")

    assert "Det er for tæt på borgeren." in outbox.outbox[-1].body
    html = page(login(story.author), reverse("stories:mine"))
    assert "Det er for tæt på borgeren." in html
    assert "Spørg en anden læser" in html


def test_a_reason_that_names_somebody_is_not_mailed():
    story = make_in_review()
    review.send_back(actor=make_approver(), story=story, reason="Mette Kjeldsen kan kendes.")

    send_all("stories.decision")

    assert "Kjeldsen" not in outbox.outbox[-1].body


def test_a_second_reader_answers_an_appeal_and_never_the_first():
    first, second = make_approver(), make_approver()
    story = _sent_back(first)

    appeals.appeal(actor=story.author, story=story, reason="Alle nævnte er enige i teksten.")

    story.refresh_from_db()
    assert story.state == State.READING
    assert first not in _told("stories.appeal", story)
    assert story not in StoryPage.objects.awaiting_review_by(first)
    with pytest.raises(PermissionDenied):
        review.approve(actor=first, story=story)
    with pytest.raises(PermissionDenied):
        review.send_back(actor=first, story=story, reason="Nej.")
    html = page(login(second), reverse("stories:review", args=[story.pk]))
    assert "Alle nævnte er enige i teksten." in html
    assert review.approve(actor=second, story=story).live is True


def test_the_database_refuses_the_first_reader_after_an_appeal():
    first = make_approver()
    story = _sent_back(first)
    appeals.appeal(actor=story.author, story=story, reason="Se igen.")
    published = review.approve(actor=make_approver(), story=story)

    def by_the_first():
        StoryPage.objects.filter(pk=published.pk).update(approved_by=first)

    assert constraint_of(by_the_first) == "story_appeal_read_by_another"


def test_one_appeal_of_one_text():
    first, second = make_approver(), make_approver()
    story = _sent_back(first)
    appeals.appeal(actor=story.author, story=story, reason="Se igen.")
    story = review.send_back(actor=second, story=story, reason="Jeg er enig med den første.")

    with pytest.raises(ValidationError):
        appeals.appeal(actor=story.author, story=story, reason="Se igen igen.")


def test_a_changed_text_is_no_appeal_and_the_first_reader_may_read_it():
    from stories.domain import authoring

    first = make_approver()
    story = _sent_back(first)
    appeals.appeal(actor=story.author, story=story, reason="Se igen.")
    story = review.withdraw_from_review(actor=story.author, story=story)

    story = authoring.save_draft(actor=story.author, story=story, values={"quote": "En ny."})

    assert story.not_read_by is None
    assert appeals.appealable(story) is None


def test_an_appeal_needs_a_reason_and_its_author():
    story = _sent_back(make_approver())

    with pytest.raises(ValidationError):
        appeals.appeal(actor=story.author, story=story, reason="  ")
    with pytest.raises(PermissionDenied):
        appeals.appeal(actor=EmployeeFactory(), story=story, reason="Se igen.")


def test_the_author_appeals_on_a_page():
    story = _sent_back(make_approver())
    address = reverse("stories:appeal", args=[story.pk])
    assert "Det er for tæt på borgeren." in page(login(story.author), address)

    answer = login(story.author).post(address, {"reason": "Borgeren har selv læst den."})

    assert answer.status_code == 302
    story.refresh_from_db()
    assert story.state == State.READING
    page(login(story.author), address, status=404)


# A slip of the pen.


def _slip(story):
    return {"hard": story.hard.replace("længe", "laenge")}


def test_a_slip_is_mended_while_it_waits_and_checked_again():
    story = make_in_review()

    mended = corrections.correct_story(actor=story.author, story=story, values=_slip(story))

    assert mended.state == State.READING
    assert "laenge" in mended.hard
    assert mended.check_verdict == "pass"


@pytest.mark.parametrize(
    "values",
    [
        {"hard": "Mette Kjeldsen havde ventet længe, og vi ventede med hende."},  # the check
        {"hard": "Noget helt andet, som ingen har læst. " * 4},  # more than a slip
        {},
        {"would_do_differently": " "},
    ],
)
def test_no_slip_gets_round_the_check_or_the_size(values):
    story = make_in_review()

    with pytest.raises(ValidationError):
        corrections.correct_story(actor=story.author, story=story, values=values)

    assert StoryPage.objects.get(pk=story.pk).hard == story.hard


def test_no_slip_is_mended_after_half_an_hour_or_under_a_readers_eyes():
    late, watched = make_in_review(), make_in_review()
    past = timezone.now() - corrections.WINDOW
    StoryPage.objects.filter(pk=late.pk).update(submitted_at=past)
    claims.claim_review(actor=make_approver(), story=watched)

    for story in (late, watched):
        with pytest.raises(ValidationError):
            corrections.correct_story(actor=story.author, story=story, values=_slip(story))


def test_a_slip_in_a_shared_story_is_read_by_a_second_person_first():
    story = make_published()

    draft = corrections.correct_story(actor=story.author, story=story, values=_slip(story))

    assert draft.revises == story
    assert draft.state == State.READING
    assert draft.live is False
    assert "laenge" not in StoryPage.objects.get(pk=story.pk).hard
    with pytest.raises(PermissionDenied):
        review.approve(actor=story.author, story=draft)
    merged = review.approve(actor=make_approver(), story=draft)
    assert merged.pk == story.pk
    assert "laenge" in merged.hard
    assert constraint_of(lambda: None) is None


def test_a_stranger_mends_nothing():
    story = make_in_review()

    with pytest.raises(PermissionDenied):
        corrections.correct_story(actor=EmployeeFactory(), story=story, values=_slip(story))


def test_the_page_of_a_slip():
    story = make_in_review()
    client = login(story.author)
    address = reverse("stories:correct", args=[story.pk])
    assert address in page(client, reverse("stories:mine"))
    page(client, address)
    texts = {name: getattr(story, name) for name in corrections.FIELDS}

    answer = client.post(address, texts | _slip(story))

    assert answer.status_code == 302
    story.refresh_from_db()
    assert "laenge" in story.hard


# A consent that ends soon, and whose it is.


def _ends_in(story, days):
    StoryConsent.objects.filter(story=story).update(
        expires_on=timezone.localdate() + timedelta(days=days)
    )


def test_the_teller_and_the_moderators_are_reminded_twice_and_once_a_time():
    author = EmployeeFactory()
    near = make_approver(unit=author.unit)
    story = make_published(author)
    _ends_in(story, 61)
    assert consents.remind_of_expiring_consents() == 0

    _ends_in(story, 60)
    consents.remind_of_expiring_consents()
    assert consents.remind_of_expiring_consents() == 0
    assert _told("stories.ending", story) == {author, near, story.approved_by}

    _ends_in(story, 14)
    assert consents.remind_of_expiring_consents() == 3
    assert consents.remind_of_expiring_consents() == 0


def test_a_renewed_consent_is_reminded_of_anew():
    story = make_published()
    _ends_in(story, 30)
    before = consents.remind_of_expiring_consents()

    _ends_in(story, 50)

    assert before > 0
    assert consents.remind_of_expiring_consents() == before


@pytest.mark.parametrize("party", ["colleague", "company"])
def test_a_colleague_or_a_company_takes_the_story_off_and_the_author_keeps_the_text(party):
    story = make_in_review()
    given = consents.register_consent(
        actor=story.author,
        story=story,
        party=party,
        scope=Scope.INTERNAL,
        given_on=timezone.localdate(),
    )
    story = review.approve(actor=make_approver(), story=story)

    story = consents.withdraw_consent(actor=story.author, consent=given)

    assert (story.state, story.live) == (State.ARCHIVED, False)
    assert story.hard
    assert constraint_of(lambda: None) is None


# The queue's cost.


def test_the_queue_costs_the_same_with_claims(django_assert_max_num_queries):
    reviewer, other = make_approver(), make_approver()
    client = login(reviewer)

    def cost():
        client.get(reverse("stories:queue"))
        with django_assert_max_num_queries(100) as counted:
            assert client.get(reverse("stories:queue")).status_code == 200
        return len(counted)

    claims.claim_review(actor=other, story=make_in_review())
    one = cost()
    for _number in range(2):
        claims.claim_review(actor=other, story=make_in_review())

    assert cost() == one


# The matrix: no path publishes without check, consent and a second person.


def _unchecked(story):
    StoryPage.objects.filter(pk=story.pk).update(hard="Gurli Vestergaard Holm ringede selv.")


def _without_consent(story):
    story.consents.update(withdrawn_at=timezone.now())


def _expired(story):
    story.consents.update(
        given_on=timezone.localdate() - timedelta(days=9),
        expires_on=timezone.localdate() - timedelta(days=1),
    )


PATHS = {
    "approve": lambda actor, story: review.approve(actor=actor, story=story),
    "row": lambda actor, story: StoryPage.objects.filter(pk=story.pk).update(
        live=True, state=State.PUBLISHED_INTERNAL, approved_by=actor, approved_at=timezone.now()
    ),
    "save": lambda actor, story: _save_live(actor, story),  # noqa: PLW0108 (defined below)
}


def _save_live(actor, story):
    story = StoryPage.objects.get(pk=story.pk)
    story.live, story.state = True, State.PUBLISHED_INTERNAL
    story.approved_by, story.approved_at = actor, timezone.now()
    story.save()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lack", ["check", "consent", "expired", "second person", "changed after"])
def test_no_path_publishes_without_check_consent_and_a_second_person(path, lack):
    author = EmployeeFactory(roles=[Role.CASEWORKER, Role.APPROVER])
    story = make_in_review(author)
    actor = author if lack in ("second person", "changed after") else make_approver()
    {"check": _unchecked, "consent": _without_consent, "expired": _expired}.get(
        lack, lambda story: None
    )(story)
    if lack == "changed after":  # somebody else wrote it, this person changed it last
        other = EmployeeFactory(unit=author.unit)
        StoryPage.objects.filter(pk=story.pk).update(author=other, last_editor=author)

    def publish():
        try:
            PATHS[path](actor, story)
        except (PermissionDenied, ValidationError) as error:
            raise _Refused from error

    try:
        refused = constraint_of(publish) is not None
    except _Refused:
        refused = True

    assert refused
    assert not StoryPage.objects.filter(live=True).exists()


class _Refused(Exception):
    pass


def test_a_second_reader_opens_only_what_a_first_one_approved():
    with pytest.raises(ValidationError):
        review.open_to_everybody(
            actor=make_approver(), story=make_consented(scopes=(Scope.INTERNAL, Scope.OPEN))
        )
    assert make_opened().is_open is True
