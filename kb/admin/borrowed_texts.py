"""Texts of Django and Wagtail that our catalogue says in our own words.

A text in `locale/da` goes before the library's own translation of it, so it only has to stand here
to be collected into the catalogue. tests/project/test_words.py says which are missing.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TEXTS = (
    _("Add an email link"),
    _("Current draft"),
    _("Dashboard"),
    _("Email"),
    _("Email address"),
    _("Email link"),
    _("Enter a valid email address."),
    _("Enter the same password as above, for verification."),
    _("Go to Wagtail admin"),
    _("Notifications"),
    _("Replace current draft"),
    _("Save Draft"),
    _("Save draft"),
    _("View draft"),
    _("email address"),
)
