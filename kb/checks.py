"""What `manage.py check --deploy` says about this project's own promises."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def two_database_roles(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The site should not own its tables (docs/decisions/0002)."""
    if settings.DATABASE_OWNER["USER"] != settings.DATABASES["default"]["USER"]:
        return []
    return [
        Warning(
            "One database role both migrates and serves the site.",
            hint="Set DATABASE_OWNER_URL to the owner's role and DATABASE_URL to the web role's "
            "(README.md, Configuration).",
            id="kb.W001",
        )
    ]
