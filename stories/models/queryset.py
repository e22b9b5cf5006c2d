"""Which stories a user sees. Views filter access only by these methods."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet

from people.roles import Right
from stories.enums import LIVE_STATES, Party, Scope, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import Employee


class StoryQuerySet(PageQuerySet):
    """Stories by who may read, change or review them (docs/domain.md B5)."""

    def published(self) -> StoryQuerySet:
        """Published stories, regardless of the visitor."""
        return self.filter(live=True, state__in=LIVE_STATES)

    def published_for(self, user: Employee | AnonymousUser) -> StoryQuerySet:
        """Published stories this user may read: all for employees, open ones for others."""
        stories = self.published()
        if user.is_authenticated and user.is_active:
            return stories
        return stories.filter(is_open=True)

    def newest_first(self) -> StoryQuerySet:
        return self.order_by("-approved_at", "-pk")

    def written_by(self, employee: Employee) -> StoryQuerySet:
        """Stories by this author, in every state."""
        return self.filter(author=employee)

    def editable_by(self, employee: Employee) -> StoryQuerySet:
        """The user's own stories, for editors also their municipality's; never withdrawn ones."""
        own = Q(author=employee)
        if employee.may(Right.EDIT_STORIES) and employee.municipality_id is not None:
            own |= Q(municipality=employee.municipality_id)
        return self.filter(own).exclude(state=State.WITHDRAWN)

    def with_citizens_consent(self, scope: str, day: date) -> StoryQuerySet:
        """Stories whose citizen has given a consent that counts on that day."""
        return self.filter(
            consents__party=Party.CITIZEN,
            consents__scope=scope,
            consents__given_on__lte=day,
            consents__expires_on__gte=day,
            consents__withdrawn_at__isnull=True,
        )

    def not_by(self, employee: Employee) -> StoryQuerySet:
        """Stories this person neither wrote nor changed last (SEC-22).

        Nor stories whose author appealed this reviewer's refusal.
        """
        mine = Q(author=employee) | Q(last_editor=employee)
        return self.exclude(mine).filter(~Q(not_read_by=employee) | Q(not_read_by=None))

    def awaiting_review_by(self, employee: Employee) -> StoryQuerySet:
        """Stories this approver may approve or send back.

        All municipalities: the citizen has by then consented to sharing it with them.
        """
        if not employee.may(Right.REVIEW_STORIES):
            return self.none()
        return self.filter(state=State.READING).not_by(employee)

    def seen_by(self, user: Employee | AnonymousUser) -> StoryQuerySet:
        """Every story whose text and pictures this person may see now, in whatever state."""
        seen = Q(pk__in=self.published_for(user).values("pk"))
        if user.is_authenticated and user.is_active:
            for mine in (self.editable_by(user), self.awaiting_review_by(user)):
                seen |= Q(pk__in=mine.values("pk"))
        return self.filter(seen)

    def openable_by(self, employee: Employee) -> StoryQuerySet:
        """Stories a second reviewer of another unit may open to everybody (docs/domain.md B5)."""
        if not employee.may(Right.REVIEW_STORIES):
            return self.none()
        return (
            self.filter(state=State.PUBLISHED_INTERNAL, live=True)
            .with_citizens_consent(Scope.OPEN, timezone.localdate())
            .not_by(employee)
            .exclude(approved_by=employee)
            .exclude(author__unit=employee.unit_id)
        )
