"""Whether a plan is still the one that was proven."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from sparring.enums import NotPlaced, SessionState
from sparring.models import SparringPlan, SparringSession, UnplacedCase


def is_changed(plan: SparringPlan) -> bool:
    """Whether somebody has put other people, or fewer, together since the proof; one query."""
    differs = (
        Q(as_matched__isnull=True)
        | Q(changed_by_hand=True)
        | ~Q(repaired_because="")
        | Q(missing_partners__gt=0)
        | Q(state=SessionState.CANCELLED)
    )
    removed = UnplacedCase.objects.filter(
        plan=OuterRef("pk"), why__in=(NotPlaced.REMOVED, NotPlaced.NOT_THAT_WEEK)
    )
    sessions = SparringSession.objects.filter(differs, plan=OuterRef("pk"))
    changed = SparringPlan.objects.filter(Exists(removed) | Exists(sessions), pk=plan.pk)
    return changed.exists()
