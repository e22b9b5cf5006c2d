"""What is used stays: pictures, files, content and people are deleted once nothing leads to them.

The database refuses the same for what Wagtail's index of references knows (sources.kept_while_used,
kb/migrations/_files.py) and by foreign keys for the rest.
"""

from __future__ import annotations

from django.db.models import Model, ProtectedError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from kb.models.approved import ApprovedContent
from kb.models.persons import Person
from upkeep.queries.uses import Uses, uses_of

MOST_NAMED = 10
KEPT = (AbstractImage, AbstractDocument, ApprovedContent, Person)


class StillUsed(ProtectedError):
    """Raised where something would be deleted that something leads to; `sentence` says where."""

    def __init__(self, item: Model, uses: Uses) -> None:
        self.sentence = still_used(item, uses)
        super().__init__(self.sentence, {item})


def still_used(item: Model, uses: Uses) -> str:
    """The sentence that refuses the deletion."""
    places = [f"»{name}«" for name in uses.named[:MOST_NAMED]]
    places += ["…"] if len(uses.named) > MOST_NAMED else []
    places += uses.counted
    return ngettext(
        "“%(name)s” is used in %(count)s place and stays: %(places)s.",
        "“%(name)s” is used in %(count)s places and stays: %(places)s.",
        uses.count,
    ) % {"name": item, "count": uses.count, "places": get_text_list(places, _("and"))}


def refusal_to_delete(item: Model) -> str:
    """Why it stays; empty where it may go."""
    uses = uses_of(item) if isinstance(item, KEPT) else None
    return still_used(item, uses) if uses and uses.count else ""


def require_unused(item: Model) -> None:
    """Raise StillUsed for what something leads to."""
    if isinstance(item, KEPT) and (uses := uses_of(item)).count:
        raise StillUsed(item, uses)
