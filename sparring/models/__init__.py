from .actions import Action
from .beliefs import Belief
from .cases import Case, CaseOwnership, TargetGroup
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
    "FollowUp",
    "Idea",
    "Outcome",
    "Participation",
    "RenewalNeed",
    "SessionCard",
    "SparringPlan",
    "SparringRequest",
    "SparringSession",
    "StepLog",
    "TargetGroup",
]
