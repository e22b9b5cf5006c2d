"""How cases, requests, sessions, beliefs and follow-ups go on (docs/domain.md B2)."""

from __future__ import annotations

from kb.states import StateTable, Step
from renewal.states import AGEING, BeliefState
from renewal.thresholds import DEFAULTS

from .enums import CaseStatus, FollowUpState, HandoverMeetingState, RequestState, SessionState


class CaseSteps(StateTable):
    """A belief is judged at its own horizon, not when the case closes."""

    title = "Case"
    states = CaseStatus

    OPEN = Step("opened, or read in from a caseload", (), CaseStatus.ACTIVE)
    PAUSE = Step("paused for a reason until a day", (CaseStatus.ACTIVE,), CaseStatus.PAUSED)
    RESUME = Step("taken off its pause, or its day passes", (CaseStatus.PAUSED,), CaseStatus.ACTIVE)
    CLOSE = Step(
        "closed with how it ended", (CaseStatus.ACTIVE, CaseStatus.PAUSED), CaseStatus.CLOSED
    )


class RequestSteps(StateTable):
    """A case has one open request at most: asked for, on the list or booked."""

    title = "Request"
    states = RequestState

    ASK = Step("somebody asks", (), RequestState.REQUESTED)
    MAKE = Step("made by a plan or a booking", (), RequestState.LISTED)
    LIST = Step("a plan proposes a session", (RequestState.REQUESTED,), RequestState.LISTED)
    BOOK = Step(
        "a session is booked", (RequestState.REQUESTED, RequestState.LISTED), RequestState.BOOKED
    )
    RETURN = Step("the session is called off", (RequestState.BOOKED,), RequestState.LISTED)
    HOLD = Step("the session is closed", (RequestState.BOOKED,), RequestState.HELD)
    WITHDRAW = Step(
        "taken back before a session is booked",
        (RequestState.REQUESTED, RequestState.LISTED),
        RequestState.WITHDRAWN,
    )
    DECIDE = Step(
        "red card: a decision is being made", (RequestState.BOOKED,), RequestState.WITHDRAWN
    )
    LAPSE = Step(
        "the case closes",
        (RequestState.REQUESTED, RequestState.LISTED, RequestState.BOOKED),
        RequestState.LAPSED,
    )


class SessionSteps(StateTable):
    """A proposal that is thrown away, or cannot be booked any more, is deleted."""

    title = "Session"
    states = SessionState

    PROPOSE = Step("a plan proposes it", (), SessionState.PROPOSED)
    BOOK = Step("booked by hand, by a repair or by a yes to ten minutes", (), SessionState.PLANNED)
    PUBLISH = Step("its plan is published", (SessionState.PROPOSED,), SessionState.PLANNED)
    START = Step("somebody in it begins", (SessionState.PLANNED,), SessionState.RUNNING)
    END = Step("ended by who leads it", (SessionState.RUNNING,), SessionState.AWAITING_OUTCOME)
    PASS = Step(
        "an hour after its time",
        (SessionState.PLANNED, SessionState.RUNNING),
        SessionState.AWAITING_OUTCOME,
    )
    CLOSE = Step(
        "belief, action and follow-up are written",
        (SessionState.RUNNING, SessionState.AWAITING_OUTCOME),
        SessionState.CLOSED,
    )
    # An absence may find it begun, or called off, by somebody else in the very same second.
    CALL_OFF = Step(
        "called off, or was not held",
        (
            SessionState.PLANNED,
            SessionState.RUNNING,
            SessionState.AWAITING_OUTCOME,
            SessionState.CANCELLED,
        ),
        SessionState.CANCELLED,
    )
    STOP = Step("red card", (SessionState.RUNNING,), SessionState.CANCELLED)


class FollowUpSteps(StateTable):
    """What the clock does is not stored: it is counted from the day of the follow-up."""

    title = "Follow-up"
    states = FollowUpState

    AGREE = Step("its session is closed", (), FollowUpState.COMING)
    FALL_DUE = Step("its day has come", (FollowUpState.COMING,), FollowUpState.TODAY)
    RUN_LATE = Step("its day has passed", (FollowUpState.TODAY,), FollowUpState.OVERDUE)
    ANSWER = Step(
        "somebody says whether it was done",
        (FollowUpState.COMING, FollowUpState.TODAY, FollowUpState.OVERDUE),
        FollowUpState.DONE,
    )
    DROP = Step(
        "somebody says why nobody follows up",
        (FollowUpState.COMING, FollowUpState.TODAY, FollowUpState.OVERDUE),
        FollowUpState.DROPPED,
    )


class HandoverMeetingSteps(StateTable):
    """One open meeting for two people at most, about every case handed over between them."""

    title = "Handover meeting"
    states = HandoverMeetingState

    WANT = Step("a case is handed over", (), HandoverMeetingState.WANTED)
    PROPOSE = Step(
        "a common free time is found or chosen",
        (HandoverMeetingState.WANTED, HandoverMeetingState.PROPOSED),
        HandoverMeetingState.PROPOSED,
    )
    HOLD = Step(
        "one of the two says that they talked",
        (HandoverMeetingState.WANTED, HandoverMeetingState.PROPOSED),
        HandoverMeetingState.HELD,
    )
    CALL_OFF = Step(
        "one of the two calls it off",
        (HandoverMeetingState.WANTED, HandoverMeetingState.PROPOSED),
        HandoverMeetingState.CANCELLED,
    )


class BeliefSteps(StateTable):
    """Counted from the day of the newest belief of the same role, never stored.

    A newer one makes it current again. The days are defaults that a municipality may change.
    """

    title = "Belief"
    states = BeliefState

    REGISTER = Step("registered", (BeliefState.NONE,), BeliefState.CURRENT)
    RENEW = Step(
        "reaffirmed, or a new one",
        (BeliefState.SOON, BeliefState.EXPIRED, BeliefState.VERY_OLD),
        BeliefState.CURRENT,
    )
    TURN_SOON, EXPIRE, TURN_VERY_OLD = (
        Step(f"older than {getattr(DEFAULTS, limit)} days", (before,), state)
        for (state, limit), before in zip(
            reversed(AGEING),
            (BeliefState.CURRENT, BeliefState.SOON, BeliefState.EXPIRED),
            strict=True,
        )
    )
