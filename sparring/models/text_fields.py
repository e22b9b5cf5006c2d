"""Fields for words about a citizen. Every one of the case half is declared with these.

They refuse CPR numbers and what would let anybody reach the citizen, whoever writes and by
whatever way: page, import, demo. Names and illnesses are asked about where one writes
(`sparring/shared/forms.py`), and looked for in what is stored (`sparring/texts`).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from privacy.anonymity.notes import look_over
from privacy.fields import SafeCharField, SafeTextField, refuse_cpr

# (name, path, args, kwargs), as Django asks for it.
Deconstructed = tuple[str, str, list[Any], dict[str, Any]]


def refuse_contacts(value: str) -> None:
    """Raise ValidationError for a telephone number, a mail address, an address or an account.

    The words are left out: what is refused may be written down, and the text is the writer's own.
    """
    found = {finding.type: finding for finding in look_over(value or "").refused}
    found.pop("cpr", None)  # `refuse_cpr` says so
    for kind, finding in found.items():
        raise ValidationError(f"{finding.reason} {finding.suggestion}", code=kind)


class CaseTextField(SafeTextField):
    """Words about a citizen, of some length. To migrations it is the field it extends."""

    default_validators = [refuse_cpr, refuse_contacts]

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "privacy.fields.SafeTextField", list(args), dict(kwargs)


class CaseCharField(SafeCharField):
    """The same on one line."""

    default_validators = [refuse_cpr, refuse_contacts]

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "privacy.fields.SafeCharField", list(args), dict(kwargs)
