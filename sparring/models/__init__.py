from .actions import Action
from .beliefs import Belief
from .cases import Case, CaseOwnership, TargetGroup
from .colleague_answers import ColleagueAnswer
from .conflicts import Conflict
from .declined_weeks import DeclinedWeek
from .guests import GuestAgreement
from .habits import HabitDismissal
from .handovers import Handover, HandoverMeeting
from .imports import CaseloadUpload
from .journal import JournalTemplate
from .method_uses import MethodUse
from .needs import RenewalNeed
from .notes import EarlierNote, SessionNote
from .outcomes import FollowUp, Outcome
from .plans import (
    MOST_PARTNERS,
    PlanWaiting,
    SparringPlan,
    SparringRequest,
    UnplacedCase,
)
from .quick import QuickAsk, QuickInvitation
from .rooms import Room
from .session_match import ConfirmedCaution
from .session_themes import SessionStory, SessionTheme
from .sessions import (
    BlindBid,
    Idea,
    Participation,
    SessionCard,
    SparringSession,
    StepLog,
)
from .standing_texts import StandingText
from .story_uses import StoryUse
from .strengths import Strength, WayToMeet
from .text_tasks import TextTask
from .threshold_changes import ThresholdChange

__all__ = [
    "MOST_PARTNERS",
    "Action",
    "Belief",
    "BlindBid",
    "Case",
    "CaseOwnership",
    "CaseloadUpload",
    "ColleagueAnswer",
    "ConfirmedCaution",
    "Conflict",
    "DeclinedWeek",
    "EarlierNote",
    "FollowUp",
    "GuestAgreement",
    "HabitDismissal",
    "Handover",
    "HandoverMeeting",
    "Idea",
    "JournalTemplate",
    "MethodUse",
    "Outcome",
    "Participation",
    "PlanWaiting",
    "QuickAsk",
    "QuickInvitation",
    "RenewalNeed",
    "Room",
    "SessionCard",
    "SessionNote",
    "SessionStory",
    "SessionTheme",
    "SparringPlan",
    "SparringRequest",
    "SparringSession",
    "StandingText",
    "StepLog",
    "StoryUse",
    "Strength",
    "TargetGroup",
    "TextTask",
    "ThresholdChange",
    "UnplacedCase",
    "WayToMeet",
]
