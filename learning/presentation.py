"""Certificates and method cards on paper: PDF by typst, with the fonts inside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.templatetags.ui import day
from people.mails import absolute

if TYPE_CHECKING:
    from learning.models import Certificate, Method

PRINT = Path(__file__).parent / "print"


def certificate_pdf(certificate: Certificate) -> bytes:
    """One page with the holder's name and a QR code that leads to the verification address."""
    return _compile("certificate", certificate_texts(certificate), qr_code(address_of(certificate)))


def address_of(certificate: Certificate) -> str:
    """Where anybody may ask whether it holds."""
    return absolute(certificate.get_absolute_url())


def certificate_texts(certificate: Certificate) -> dict[str, Any]:
    """All texts of the PDF; the template contains none."""
    programme = certificate.programme
    assert programme is not None
    modules = [row.module.name for row in programme.programme_modules.select_related("module")]
    until = certificate.expires_on
    return {
        "heading": _("Certificate"),
        "holder": str(certificate.employee),
        "sentence": _("has completed"),
        "title": certificate.title,
        "modules_heading": _("Modules"),
        "modules": modules,
        "dates": [
            _("Given on %(day)s") % {"day": day(certificate.issued_on)},
            _("Valid until %(day)s") % {"day": day(until)} if until else _("Holds for good"),
        ],
        "verify": _("Whether it holds today stands at:"),
        "address": address_of(certificate),
    }


def method_pdf(method: Method) -> bytes:
    """The method on a card: one page to lay on the table."""
    return _compile("method", method_texts(method))


def method_texts(method: Method) -> dict[str, Any]:
    """All texts of the card."""
    return {
        "title": method.name,
        "meta": [
            _("%(minutes)s minutes") % {"minutes": method.minutes},
            _("%(people)s people") % {"people": method.participants},
        ],
        "purpose": method.purpose,
        "boxes": [
            {"heading": _("Use it"), "text": method.when},
            {"heading": _("Do not use it"), "text": method.when_not},
        ],
        "steps_heading": _("Steps"),
        "steps": method.step_list,
        "footer": _("Printed %(day)s from %(address)s")
        % {"day": day(timezone.localdate()), "address": absolute(method.get_absolute_url())},
    }


def qr_code(address: str) -> str:
    """The code of an address, drawn as SVG."""
    code: str = segno.make(address, error="m").svg_inline(scale=4, border=2)
    return code


def _compile(name: str, texts: dict[str, Any], qr: str = "") -> bytes:
    made = typst.compile(
        (PRINT / f"{name}.typ").read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"texts": json.dumps(texts, ensure_ascii=False), "qr": qr},
    )
    assert isinstance(made, bytes)
    return made
