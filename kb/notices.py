"""How a new publication reads among the day's messages (people.notices)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kb.domain.announcements import SOURCE
from kb.models import PublicationPage, ThemeFollow
from people.models import Employee
from people.notices import Line, register_notice


@register_notice(SOURCE)
def publication_line(employee: Employee, object_id: str) -> Line | None:
    """Its title and address; nothing once it is withdrawn or its themes are no longer followed."""
    page = PublicationPage.objects.live().filter(pk=object_id).first()
    if page is None or page.is_forthcoming:
        return None
    if not ThemeFollow.objects.filter(employee=employee, theme__in=page.themes.all()).exists():
        return None
    return Line(_("New in a theme you follow: %(title)s") % {"title": page.title}, page.url)
