from .actions import Action
from .beliefs import Belief
from .brought import BroughtStory, BroughtTheme
from .cases import Case, CaseOwnership, TargetGroup
from .conflicts import Conflict
from .guests import GuestAgreement
from .imports import CaseloadUpload
from .mail import MailKind, OutgoingMail
from .needs import RenewalNeed
from .outcomes import FollowUp, Outcome
from .planning import MOST_PARTNERS, SparringPlan, SparringRequest
from .quick import QuickAsk, QuickInvitation
from .rooms import Room
from .story_uses import StoryUse
from .talks import Bid, Idea, Participation, SessionCard, SparringSession, StepLog

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
