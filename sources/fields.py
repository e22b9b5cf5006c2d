"""A DOI as it is stored: without the address in front of it, in small letters."""

from __future__ import annotations

import re
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# As Crossref describes it: the directory 10, a registrant of four to nine digits, a name.
DOI_SHAPE = r"^10\.[0-9]{4,9}/[^[:space:]]+$"
_DOI = r"^10\.[0-9]{4,9}/\S+$"
_BEFORE = re.compile(r"^(https?://)?((dx\.)?doi\.org/)?(doi:\s*)?", re.IGNORECASE)
LONGEST = 200


def plain_doi(written: str) -> str:
    """The DOI in what somebody pasted: an address at doi.org, "doi:…" or the DOI itself."""
    text = written.strip()
    return _BEFORE.sub("", text, count=1).lower() if "10." in text else text


class DoiField(models.CharField):
    """A DOI, written in any of the usual ways. Two that differ in capitals only are one."""

    default_validators = [
        RegexValidator(
            _DOI, _("A DOI looks like 10.1057/s41599-025-04943-4. Copy it from the work itself.")
        )
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return plain_doi(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))
