"""No text from a municipality may show who it is about: the check that stories use, asked alike."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Municipality
from privacy.anonymity import check


def require_anonymous(field: str, text: str) -> None:
    """Raise ValidationError at the field where somebody could be recognised, and say by what."""
    towns = Municipality.objects.values_list("name", flat=True)
    report = check(text, allowed=[word for name in towns for word in (name, name.split()[0])])
    if report.findings:
        found = ", ".join(f"»{finding.text}«" for finding in report.findings)
        raise ValidationError(
            {
                field: _("Somebody could be recognised by %(found)s. Write it more generally.")
                % {"found": found}
            }
        )
