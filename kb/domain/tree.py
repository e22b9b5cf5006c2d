"""The root of the page tree."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from kb.models import HomePage
from privacy import audit

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def ensure_home(*, actor: Employee | None, home: HomePage) -> tuple[HomePage, bool]:
    """Make `home` the front page of the default site, unless there is one. Returns (page, made).

    Wagtail's own welcome page is removed: it has no content and no template of ours.
    """
    existing = HomePage.objects.first()
    if existing is not None:
        return existing, False
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    _remove_welcome_page()
    audit.record(actor=actor, action="site.create", target=home)
    return home, True


def _remove_welcome_page() -> None:
    for page in Page.objects.filter(depth=2, numchild=0).exclude(pk__in=HomePage.objects.all()):
        if page.specific_class is Page:
            page.delete()
