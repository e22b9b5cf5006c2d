"""How a story comes to be read by others, and how it ends (docs/domain.md B2)."""

from __future__ import annotations

from kb.states import StateTable, Step

from .enums import LIVE_STATES, OPEN_STATES, State


class StorySteps(StateTable):
    """A new text of a published story is a draft of its own until it is approved."""

    title = "Story"

    states = State

    WRITE = Step("somebody begins a story", (), State.DRAFT)
    CHANGE = Step("the text is changed", OPEN_STATES, State.DRAFT)
    CHECK = Step("the author asks for the check", (State.DRAFT,), State.RECOGNISABILITY)
    TICK = Step(
        "the eight questions are answered",
        (State.RECOGNISABILITY, State.CONSENT),
        State.CONSENT,
    )
    SEND = Step("sent to be reviewed", (State.CONSENT,), State.READING)
    SEND_SLIP = Step("a corrected slip is sent", (State.DRAFT,), State.READING)
    APPEAL = Step("a second reviewer is asked", (State.DRAFT,), State.READING)
    TAKE_BACK = Step("the author takes it back", (State.READING,), State.DRAFT)
    SEND_BACK = Step("the reviewer sends it back", (State.READING,), State.DRAFT)
    LOSE_CONSENT = Step("the citizen's consent ends", (State.READING,), State.CONSENT)
    APPROVE = Step("a second person approves", (State.READING,), State.PUBLISHED_INTERNAL)
    REPLACE = Step(
        "its new text is approved", (*LIVE_STATES, State.ARCHIVED), State.PUBLISHED_INTERNAL
    )
    OPEN = Step(
        "a third person of another unit opens it",
        (State.PUBLISHED_INTERNAL,),
        State.PUBLISHED_OPEN,
    )
    CLOSE = Step("the consent to openness ends", (State.PUBLISHED_OPEN,), State.PUBLISHED_INTERNAL)
    ASK_AGAIN = Step(
        "a year has passed, or what it leans on is gone",
        (State.PUBLISHED_INTERNAL, State.PUBLISHED_OPEN),
        State.REREAD,
    )
    HOLDS = Step("still true", (State.REREAD, State.PUBLISHED_INTERNAL), State.PUBLISHED_INTERNAL)
    HOLDS_OPEN = Step("still true", (State.REREAD, State.PUBLISHED_OPEN), State.PUBLISHED_OPEN)
    ARCHIVE = Step(
        "taken off the lists, or a colleague's or company's consent ends",
        LIVE_STATES,
        State.ARCHIVED,
    )
    WITHDRAW = Step("withdrawn, or the citizen's consent ends", tuple(State), State.WITHDRAWN)
