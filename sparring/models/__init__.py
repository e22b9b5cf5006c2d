from .actions import Action
from .beliefs import Belief
from .cases import Case, CaseOwnership, TargetGroup
from .conflicts import Conflict
from .guests import GuestAgreement
from .imports import CaseloadUpload
from .mail import MailKind, OutgoingMail
from .needs import RenewalNeed
from .outcomes import FollowUp, Outcome
from .plans import MOST_PARTNERS, SparringPlan, SparringRequest
from .quick import QuickAsk, QuickInvitation
from .rooms import Room
from .session_themes import BroughtStory, BroughtTheme
from .sessions import (
    Bid,
    Idea,
    Participation,
    SessionCard,
    SparringSession,
    StepLog,
)
from .story_uses import StoryUse

__all__ = [
    "MOST_PARTNERS",
    "Action",
    "Belief",
    "Bid",
    "BroughtStory",
    "BroughtTheme",
    "Case",
    "CaseOwnership",
    "CaseloadUpload",
    "Conflict",
    "FollowUp",
    "GuestAgreement",
    "Idea",
    "MailKind",
    "Outcome",
    "OutgoingMail",
    "Participation",
    "QuickAsk",
    "QuickInvitation",
    "RenewalNeed",
    "Room",
    "SessionCard",
    "SparringPlan",
    "SparringRequest",
    "SparringSession",
    "StepLog",
    "StoryUse",
    "TargetGroup",
]
