"""Writing: prefill copies no case text, drafts are saved whole or refused whole."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from people.roles import Role
from privacy.models import AuditEntry
from stories.domain import authoring, checking, guards, review
from stories.domain.authoring import DraftPrefill
from stories.enums import CheckVerdict, State, Tick
from stories.models import StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.stories import (
    content,
    give_consent,
    make_approver,
    make_consented,
    make_draft,
    make_home,
    make_in_review,
    make_published,
    make_theme,
)
from tests.sent_notifications import send_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home():
    make_home()


def test_a_prefilled_draft_holds_codes_and_no_belief():
    theme = make_theme(8)
    prefill = DraftPrefill(
        action_kinds=["placement", "placement", "Kontakt til Grethe"],
        target_group="aktivitetsparat",
        contact_form="walk",
        theme_numbers=[8, 99],
    )

    story = authoring.start_draft(author=EmployeeFactory(), prefill=prefill)

    story = StoryPage.objects.get(pk=story.pk)
    assert story.action_kinds == ["placement"]
    assert (story.target_group, story.contact_form) == ("aktivitetsparat", "walk")
    assert (story.caseworker_beliefs, story.citizen_beliefs) == ([], [])
    assert list(story.themes.all()) == [theme]
    assert story.title == guards.UNTITLED
    texts = ("teaser", "hard", "turning_point", "quote", "would_do_differently")
    assert [getattr(story, name) for name in texts] == [""] * 5
    assert (story.steps, story.try_tomorrow) == ([], [])


def test_a_prefill_has_no_room_for_free_text_nor_for_a_belief():
    assert {field.name for field in fields(DraftPrefill)} == {
        "action_kinds",
        "target_group",
        "contact_form",
        "theme_numbers",
        "method",
    }


@pytest.mark.parametrize(
    "words", ["Ring til Grethe", "grethe-jensen fra Aarhus", "010190-1234", "han er alkoholiker"]
)
def test_words_in_a_prefills_code_are_refused(words):
    with pytest.raises(ValidationError):
        authoring.start_draft(author=EmployeeFactory(), prefill=DraftPrefill(target_group=words))


def test_an_author_without_a_unit_gets_a_sentence():
    with pytest.raises(ValidationError, match="Du hører ikke til en enhed"):
        authoring.start_draft(author=EmployeeFactory(unit=None))


def test_two_drafts_stand_beside_each_other():
    first, second = make_draft(), make_draft()

    assert first.path != second.path
    assert first.get_parent() == second.get_parent()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Hans 010190-1234"),
        ("teaser", "Hans 010190-1234"),
        ("hard", "Hans 010190-1234"),
        ("turning_point", "Hans 010190-1234"),
        ("quote", "Hans 010190-1234"),
        ("would_do_differently", "Hans 010190-1234"),
        ("try_tomorrow", ["Ring på 010190-1234"]),
        ("steps", [{"title": "Hans", "text": "010190-1234", "timing": "before"}]),
    ],
)
def test_a_cpr_number_is_stored_in_no_draft(name, value):
    story = make_draft()
    before = StoryPage.objects.filter(pk=story.pk).values().get()

    with pytest.raises(ValidationError) as refused:
        authoring.save_draft(actor=story.author, story=story, values={name: value})

    assert name in refused.value.message_dict
    assert StoryPage.objects.filter(pk=story.pk).values().get() == before


@pytest.mark.parametrize(
    "steps",
    [
        "tekst",
        [{"title": "Uden tid"}],
        [{"title": "", "text": "Uden overskrift", "timing": "before"}],
        [{"title": "Forkert tid", "text": "", "timing": "senere"}],
        [{"title": "x", "text": "", "timing": "before"}] * 7,
        [{"title": "x", "text": "", "timing": "before", "navn": "Grethe"}],
        [{"title": "x", "text": "y" * 601, "timing": "before"}],
    ],
)
def test_steps_have_one_form(steps):
    story = make_draft()

    with pytest.raises(ValidationError):
        authoring.save_draft(actor=story.author, story=story, values={"steps": steps})


def test_only_the_fields_of_an_author_are_written():
    story = make_draft()

    with pytest.raises(ValueError, match="approved_by"):
        authoring.save_draft(
            actor=story.author, story=story, values={"approved_by": make_approver()}
        )


def test_a_stale_version_is_a_conflict():
    story = make_draft()
    old = story.version
    authoring.save_draft(actor=story.author, story=story, values={"quote": "A"}, version=old)

    with pytest.raises(guards.StaleText):
        authoring.save_draft(actor=story.author, story=story, values={"quote": "B"}, version=old)

    assert StoryPage.objects.get(pk=story.pk).quote == "A"


def test_nobody_else_writes_in_a_draft():
    story = make_draft()

    with pytest.raises(PermissionDenied):
        authoring.save_draft(actor=EmployeeFactory(), story=story, values={"quote": "A"})


def test_an_editor_of_the_municipality_helps_and_is_remembered():
    story = make_draft()
    editor = EmployeeFactory(unit=story.author.unit, roles=[Role.EDITOR])
    stranger = EmployeeFactory(roles=[Role.EDITOR])

    authoring.save_draft(actor=editor, story=story, values={"quote": "Bedre."})

    assert StoryPage.objects.get(pk=story.pk).last_editor == editor
    with pytest.raises(PermissionDenied):
        authoring.save_draft(actor=stranger, story=story, values={"quote": "Andres."})


def test_a_changed_text_begins_the_check_again():
    story = make_consented()
    assert (story.state, story.ticks) == (State.CONSENT, Tick.values)

    authoring.save_draft(actor=story.author, story=story, values={"quote": "En ny sætning."})

    story.refresh_from_db()
    assert (story.state, story.check_verdict, story.ticks) == (State.DRAFT, "", [])


def test_saving_the_same_text_again_changes_no_state():
    story = make_consented()

    authoring.save_draft(actor=story.author, story=story, values={"quote": story.quote})

    story.refresh_from_db()
    assert story.state == State.CONSENT


def test_a_story_being_read_cannot_be_changed_until_it_is_taken_back():
    story = make_in_review()
    with pytest.raises(ValidationError):
        authoring.save_draft(actor=story.author, story=story, values={"quote": "Nu"})

    review.withdraw_from_review(actor=story.author, story=story)

    authoring.save_draft(actor=story.author, story=story, values={"quote": "Nu"})
    assert StoryPage.objects.get(pk=story.pk).quote == "Nu"


@pytest.mark.parametrize("name", [*guards.REQUIRED, "themes"])
def test_what_is_missing_is_named_before_the_check(name):
    empty = [] if name in ("steps", "try_tomorrow", "action_kinds", "themes") else ""
    story = make_draft()
    value = None if name == "guidepost" else empty
    story = authoring.save_draft(actor=story.author, story=story, values={name: value})

    with pytest.raises(ValidationError) as refused:
        checking.submit_for_check(actor=story.author, story=story)

    assert list(refused.value.message_dict) == [name]


def test_a_block_has_no_override():
    story = make_draft(hard="Hun hedder Grethe Pedersen og venter.")
    story = checking.submit_for_check(actor=story.author, story=story)
    assert story.check_verdict == CheckVerdict.BLOCK
    (found,) = [item for item in checking.check_story(story).found if item.is_block]

    with pytest.raises(ValidationError):
        checking.justify_warning(
            actor=story.author, story=story, found=found.fingerprint, reason="Det går nok."
        )
    with pytest.raises(ValidationError):
        checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)


def warned(**changes):
    return make_draft(hard="Hun arbejdede på Engdal Maskinfabrik A/S og ventede.", **changes)


def test_a_warning_stands_with_a_reason_by_a_named_person():
    story = warned()
    story = checking.submit_for_check(actor=story.author, story=story)
    assert story.check_verdict == CheckVerdict.WARN
    with pytest.raises(ValidationError):
        checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)

    for found in checking.check_story(story).found:
        checking.justify_warning(
            actor=story.author, story=story, found=found.fingerprint, reason="Firmaet findes ikke."
        )
    story = checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)

    assert story.check_verdict == CheckVerdict.EXCUSED
    assert {reason.given_by for reason in story.warning_reasons.all()} == {story.author}


def test_a_reason_is_for_these_words_only():
    story = warned()
    for found in checking.check_story(story).found:
        checking.justify_warning(
            actor=story.author, story=story, found=found.fingerprint, reason="Firmaet findes ikke."
        )

    story = authoring.save_draft(
        actor=story.author,
        story=story,
        values={"hard": "Hun arbejdede på Skovby Maskinfabrik A/S og ventede."},
    )

    assert checking.check_story(story).verdict == CheckVerdict.WARN


def test_an_empty_reason_is_none():
    story = warned()
    found = checking.check_story(story).found[0]

    with pytest.raises(ValidationError):
        checking.justify_warning(
            actor=story.author, story=story, found=found.fingerprint, reason="  "
        )


def test_all_eight_questions_are_answered():
    story = make_draft()
    checking.submit_for_check(actor=story.author, story=story)

    with pytest.raises(ValidationError) as refused:
        checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values[:-1])

    assert list(refused.value.message_dict) == ["ticks"]


def test_a_failing_check_publishes_nothing(monkeypatch):
    """The check raising is the one fault that cannot be made from outside."""
    story = make_in_review()

    def broken(text):
        raise RuntimeError(text)

    monkeypatch.setattr(checking, "check", broken)

    assert checking.check_story(story).verdict == CheckVerdict.ERROR
    with pytest.raises(ValidationError):
        review.approve(actor=make_approver(), story=story)
    assert StoryPage.objects.get(pk=story.pk).live is False


def test_without_the_citizens_consent_nothing_is_sent():
    story = make_draft()
    checking.submit_for_check(actor=story.author, story=story)
    story = checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)
    give_consent(story, party="colleague")

    with pytest.raises(ValidationError, match="samtykke"):
        review.submit_for_review(actor=story.author, story=story)


def test_sent_back_with_a_reason_that_reaches_the_author(mailoutbox):
    story, reviewer = make_in_review(), make_approver()

    review.send_back(actor=reviewer, story=story, reason="Skriv hvem, der ringede.")

    story.refresh_from_db()
    decision = story.reviews.get()
    assert (story.state, decision.reason) == (State.DRAFT, "Skriv hvem, der ringede.")
    send_all("stories.decision")
    send_all("stories.decision")
    (mail,) = mailoutbox
    assert mail.to == [story.author.email]
    assert f"/historier/kladde/{story.pk}/" in mail.body
    assert story.title not in mail.body + mail.subject


def test_sending_back_needs_a_reason():
    with pytest.raises(ValidationError):
        review.send_back(actor=make_approver(), story=make_in_review(), reason=" ")


def test_the_reader_approves_the_text_that_was_read():
    story, reviewer = make_in_review(), make_approver()
    digest = guards.text_digest(story)
    review.withdraw_from_review(actor=story.author, story=story)
    authoring.save_draft(actor=story.author, story=story, values={"quote": "Noget nyt."})
    checking.submit_for_check(actor=story.author, story=story)
    checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)
    review.submit_for_review(actor=story.author, story=story)

    with pytest.raises(guards.StaleText):
        review.approve(actor=reviewer, story=story, digest=digest)


def test_a_new_text_waits_while_the_approved_one_stays():
    story = make_published()
    slug = story.slug

    draft = authoring.revise_story(actor=story.author, story=story)
    authoring.save_draft(actor=story.author, story=draft, values={"hard": "Det nye."})

    story.refresh_from_db()
    assert (story.live, story.slug) == (True, slug)
    assert story.hard != "Det nye."
    assert authoring.revise_story(actor=story.author, story=story) == draft
    assert list(draft.tags.names()) == ["lyst"]


def test_an_approved_new_text_takes_the_place_of_the_old():
    story, reviewer = make_published(), make_approver()
    draft = authoring.revise_story(actor=story.author, story=story)
    authoring.save_draft(
        actor=story.author, story=draft, values={"hard": "Det nye.", "tags": ["nyt"]}
    )
    checking.submit_for_check(actor=story.author, story=draft)
    checking.confirm_unrecognisable(actor=story.author, story=draft, ticks=Tick.values)
    give_consent(draft)
    review.submit_for_review(actor=story.author, story=draft)

    published = review.approve(actor=reviewer, story=draft)

    assert published.pk == story.pk
    assert (published.hard, published.slug) == ("Det nye.", story.slug)
    assert list(StoryPage.objects.get(pk=story.pk).tags.names()) == ["nyt"]
    assert published.approved_by == reviewer
    assert not StoryPage.objects.filter(pk=draft.pk).exists()


def test_the_verbs_write_the_audit_and_no_word_of_the_story():
    story = make_published(hard="Et kanariefuglord i teksten, og vi ventede.")

    entries = AuditEntry.objects.filter(object_type="stories.storypage")

    assert set(entries.values_list("action", flat=True)) >= {
        "story.start",
        "story.save",
        "story.check",
        "story.confirm_unrecognisable",
        "story.consent",
        "story.send_to_reading",
        "story.approved",
    }
    assert "kanariefuglord" not in str(list(entries.values()))
    assert story.live


def test_content_is_complete():
    assert set(content()) == set(authoring.CONTENT_FIELDS)
