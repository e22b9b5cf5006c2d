"""The closed lists of the case half (docs/domain.md). What law may rename lives in tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What a story says of an action and of contact is what a case says: one list, kept below.
from stories.enums import ActionKind, ContactForm

__all__ = [
    "BROUGHT_THE_CASE",
    "COMPANY_KINDS",
    "NEVER",
    "SUCCESS",
    "ActionDone",
    "ActionKind",
    "ActionOutcome",
    "Answer",
    "Band",
    "BeliefSetting",
    "BidMoment",
    "ByRole",
    "CaseStatus",
    "ChangedMind",
    "ChosenBecause",
    "ClosedAs",
    "ContactForm",
    "Evidence",
    "ExclusionReason",
    "FollowUpState",
    "IdeaMark",
    "JournalOccasion",
    "NotPlaced",
    "ParticipantRole",
    "PlanState",
    "QuickAnswer",
    "QuickState",
    "RepairReason",
    "RequestState",
    "RightColleague",
    "SessionState",
    "StopReason",
    "StrengthSource",
]


class CaseStatus(models.TextChoices):
    """Whether a case is worked on, left alone until a day, or over."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class ClosedAs(models.TextChoices):
    """What a case ended in."""

    JOB = "job", _("Ordinary job")
    PAID_HOURS = "paid_hours", _("Paid hours")
    EDUCATION = "education", _("Education")
    FLEX_JOB = "flex_job", _("Flex job")
    MOVED = "moved", _("Moved")
    OTHER = "other", _("Other")


# What the belief's question asks about: ordinary job or education within 12 months (B1 Belief).
SUCCESS = (ClosedAs.JOB, ClosedAs.EDUCATION)


class ByRole(models.TextChoices):
    """Whose belief a registered belief is."""

    CASEWORKER = "caseworker", _("Caseworker")
    CITIZEN = "citizen", _("Citizen")
    COLLEAGUE = "colleague", _("Colleague")
    BUSINESS_CONSULTANT = "business_consultant", _("Business consultant")
    EXTERNAL = "external", _("External party")


class Evidence(models.TextChoices):
    """What a caseworker builds a belief on."""

    WORK_EXPERIENCE = "work_experience", _("Work experience")
    TRIED = "tried", _("Something tried out")
    CITIZEN_SAYS = "citizen_says", _("What the citizen says")
    LABOUR_MARKET = "labour_market", _("The labour market")
    HEALTH = "health", _("Health")
    IMPRESSION = "impression", _("Only an impression")


class BeliefSetting(models.TextChoices):
    """In what situation a belief was registered."""

    CONVERSATION = "talk", _("Talk with the citizen")
    SPARRING = "sparring", _("Sparring")
    HANDOVER = "handover", _("Handover")
    REAFFIRMED = "reaffirmed", _("Reaffirmed")
    FOLLOW_UP = "follow_up", _("Follow-up")
    IMPORT = "import", _("Import")


COMPANY_KINDS = (
    ActionKind.PLACEMENT,
    ActionKind.PAID_HOURS,
    ActionKind.WAGE_SUBSIDY,
    ActionKind.COMPANY_VISIT,
    ActionKind.TRIAL_DAY,
    ActionKind.WORKPLACE_MENTOR,
)


class HandoverMeetingState(models.TextChoices):
    """How far the meeting of who had some cases and who has them now is."""

    WANTED = "wanted", _("Without a time")
    PROPOSED = "proposed", _("Time proposed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class ActionOutcome(models.TextChoices):
    """Whether an action is under way or over, and how it ended."""

    RUNNING = "running", _("Under way")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


class ChosenBecause(models.TextChoices):
    """Why this action was chosen and not another one."""

    CITIZEN_WISH = "citizen_wish", _("The citizen's own wish")
    EXPECTED_BEST = "expected_best", _("Brings the citizen closest to a job")
    KNOWN = "known", _("What we know best")
    OWN_GRANT = "own_grant", _("Easiest to begin ourselves")
    RELATION = "relation", _("Good relation to those who run it")
    ONLY_ONE = "only_one", _("The only one possible")
    OTHER = "other", _("Something else")


class StrengthSource(models.TextChoices):
    """Who says that the citizen is good at it; what was read in with a caseload says nothing."""

    SAID = "said", _("Said so themselves")
    SEEN = "seen", _("Seen at the workplace")
    COLLEAGUE = "colleague", _("A colleague saw it")
    UNSTATED = "unstated", _("Not written down")


class Band(models.TextChoices):
    """How much a case needs renewal, in four levels, as the lists show it."""

    URGENT = "urgent", _("Urgent")
    HIGH = "high", _("High")
    ORDINARY = "ordinary", _("Ordinary")
    NONE = "none", pgettext_lazy("band", "None")


class RequestState(models.TextChoices):
    """How far a request for a session has come (docs/domain.md B2)."""

    REQUESTED = "requested", _("Requested")
    LISTED = "listed", _("On the list")
    BOOKED = "booked", _("Booked")
    HELD = "held", _("Held")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed: the case is closed")


class PlanState(models.TextChoices):
    """Whether a plan is still a draft, or was published or discarded."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    PUBLISHED = "published", pgettext_lazy("plan", "Published")
    DISCARDED = "discarded", pgettext_lazy("plan", "Discarded")


class SessionState(models.TextChoices):
    """How far a session has come, from a plan's proposal to closed or cancelled."""

    PROPOSED = "proposed", _("Proposed")
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Under way")
    AWAITING_OUTCOME = "awaiting", _("Outcome missing")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class ParticipantRole(models.TextChoices):
    """What somebody does in a session; it decides what they see of the case and for how long."""

    PRESENTER = "presenter", _("Brings the case")
    FACILITATOR = "facilitator", _("Leads the session")
    COLLEAGUE = "colleague", _("Colleague")
    GUEST = "guest", _("Guest")
    # Handed the case over after the session, before its outcome was written.
    FORMER = "former", _("Brought the case")


BROUGHT_THE_CASE = (ParticipantRole.PRESENTER, ParticipantRole.FORMER)
"""Everybody else in a session was asked to come as a partner."""


class Answer(models.TextChoices):
    """What somebody has answered to the invitation to a session."""

    INVITED = "invited", _("Invited")
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class QuickState(models.TextChoices):
    """What became of a question for ten minutes; past its time an open one counts as expired."""

    OPEN = "open", pgettext_lazy("ten minutes", "Waits for an answer")
    TAKEN = "taken", pgettext_lazy("ten minutes", "Somebody came")
    WITHDRAWN = "withdrawn", pgettext_lazy("ten minutes", "Taken back")
    EXPIRED = "expired", pgettext_lazy("ten minutes", "Nobody got to it in time")


class QuickAnswer(models.TextChoices):
    """What a colleague has answered to a question for ten minutes."""

    ASKED = "asked", pgettext_lazy("ten minutes", "Asked")
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class StopReason(models.TextChoices):
    """What a red card stops a session for (docs/domain.md B4)."""

    DECIDING = "deciding", _("We are about to decide something")
    RECOGNISABLE = "recognisable", _("Too much that can be recognised")


class BidMoment(models.TextChoices):
    """Whether a blind bid was made before the conversation or after it."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class IdeaMark(models.TextChoices):
    """How the presenter marks an idea: plus, minus or a question (docs/domain.md, step 7)."""

    PLUS = "plus", "+"
    MINUS = "minus", "−"
    QUESTION = "question", "?"


class ChangedMind(models.TextChoices):
    """Which way the presenter's belief went in a session."""

    UP = "up", _("Up")
    DOWN = "down", _("Down")
    SAME = "same", _("The same, with better reasons")


class RightColleague(models.TextChoices):
    """The private answer to whether a session had the right colleague."""

    YES = "yes", pgettext_lazy("right colleague", "Yes")
    MAYBE = "maybe", pgettext_lazy("right colleague", "Maybe")
    NO = "no", pgettext_lazy("right colleague", "No")


class JournalOccasion(models.TextChoices):
    """What a text for the journal is about."""

    SESSION = "session", _("After a sparring")
    FOLLOW_UP = "follow_up", _("After a follow-up")
    BELIEF = "belief", _("A belief without a sparring")


class ActionDone(models.TextChoices):
    """The answer to a follow-up: whether the agreed action was done."""

    YES = "yes", pgettext_lazy("action done", "Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No, because …")


class FollowUpState(models.TextChoices):
    """kommende → i dag → over tid → gjort | frafaldet (docs/domain.md B2)."""

    COMING = "coming", pgettext_lazy("follow-up", "Coming")
    TODAY = "today", pgettext_lazy("follow-up", "Today")
    OVERDUE = "overdue", pgettext_lazy("follow-up", "Overdue")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    DROPPED = "dropped", pgettext_lazy("follow-up", "Dropped")


class ExclusionReason(models.TextChoices):
    """A reason to leave a colleague out; the sentences go on after the colleague's name."""

    OWN_CASE = "own_case", _("has the case")
    LINE_MANAGER = "line_manager", _("is the caseworker’s line manager")
    OTHER_MUNICIPALITY = "other_municipality", _("belongs to another municipality")
    INACTIVE = "inactive", _("is no longer active here")
    IN_A_SESSION = "in_a_talk", _("is in another session at that time")
    EARLIER_OWNER = "earlier_owner", _("has had the case before")
    DECLINED = "declined", _("has said no to this session")
    AWAY = "away", _("is away that day")
    FOLLOW_UPS_ONLY = "follow_ups_only", _("takes follow-ups only that day")
    OVER_CAP = "over_cap", _("has as many sessions as wanted in that period")
    OUTSIDE_HOURS = "outside_hours", _("does not work at that time")
    BUSY = "busy", _("is busy with something else at that time")
    SAME_DAY = "same_day", _("has another session that day")
    WEEK_FULL = "week_full", _("has as many sessions as wanted that week")
    NOT_THAT_WEEK = "not_that_week", _("does not want to bring a case that week")
    # Too little time in common, or a conflict that somebody has declared: the same words for both,
    # so that nobody learns who has declared what. What is stored never tells them apart either.
    NOT_POSSIBLE = "no_common_time", _("cannot be in this session in the period")


class NotPlaced(models.TextChoices):
    """Why a case that is due has no session in a plan."""

    NOBODY = (
        "nobody",
        _("No colleague may take it: too close to the case, away, or no common time."),
    )
    FULL = "full", _("Those who could take it have no room left.")
    NO_TIME = "no_time", _("No time suits both the caseworker and a colleague within their limits.")
    PRESENTER_AWAY = "presenter_away", _("The caseworker has no free time in the period.")
    PRESENTER_FULL = (
        "presenter_full",
        _("The caseworker brings as many cases as wanted in the period."),
    )
    NOT_THAT_WEEK = "not_that_week", _("The caseworker has said that the week does not suit.")
    REMOVED = "removed", _("Taken out by hand.")
    TAKEN = "taken", _("The time was taken by another session meanwhile.")
    CHANGED = "changed", _("The case or its request has changed meanwhile.")


# Nobody may choose these, not even by hand.
NEVER = frozenset(
    {
        ExclusionReason.OWN_CASE,
        ExclusionReason.LINE_MANAGER,
        ExclusionReason.OTHER_MUNICIPALITY,
        ExclusionReason.INACTIVE,
        ExclusionReason.IN_A_SESSION,
        ExclusionReason.NOT_POSSIBLE,
    }
)


class RepairReason(models.TextChoices):
    """Why a session is changed by a repair."""

    MISSING = "missing", _("A colleague cannot come.")
    PRESENTER_AWAY = "presenter_away", _("The caseworker is away.")
    WAITING = "waiting", _("Waits for a session.")
    MAKES_ROOM = "makes_room", _("Makes room for another session.")
