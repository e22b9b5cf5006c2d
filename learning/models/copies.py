"""The copy of a certificate from elsewhere, which somebody looks at before they confirm it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models.certificates import Certificate


class CertificateCopy(models.Model):
    """A pdf, as a row of the database: no file lies where another address could reach it."""

    certificate = models.OneToOneField(
        Certificate, verbose_name=_("certificate"), on_delete=models.CASCADE, related_name="copy"
    )
    content = models.BinaryField(_("file"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("copy of a certificate")
        verbose_name_plural = _("copies of certificates")

    def __str__(self) -> str:
        return str(self.certificate)
