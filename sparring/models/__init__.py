from .actions import Action
from .beliefs import Belief
from .cases import Case, CaseOwnership, TargetGroup
from .imports import CaseloadUpload
from .mail import MailKind, OutgoingMail
from .needs import RenewalNeed
from .outcomes import FollowUp, Outcome
from .planning import SparringPlan, SparringRequest
from .talks import Bid, Idea, Participation, SessionCard, SparringSession, StepLog

__all__ = [
    "Action",
    "Belief",
    "Bid",
    "Case",
    "CaseOwnership",
    "CaseloadUpload",
    "FollowUp",
    "Idea",
    "MailKind",
    "Outcome",
    "OutgoingMail",
    "Participation",
    "RenewalNeed",
    "SessionCard",
    "SparringPlan",
    "SparringRequest",
    "SparringSession",
    "StepLog",
    "TargetGroup",
]
