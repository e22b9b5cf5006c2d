"""What leaves the admin as a sheet runs nowhere: no text in it begins as a formula does."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What spreadsheets take for the beginning of a formula, or skip before one.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(value: Any) -> Any:
    """The value, with an apostrophe before a text that a spreadsheet would count with."""
    if isinstance(value, str) and value.lstrip(" ").startswith(BEGINS_A_FORMULA):
        return f"'{value}"
    return value


class NeutralRows:
    """Instead of Wagtail's own way of writing a row, which has no setting for this."""

    preprocess = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return neutral(NeutralRows.preprocess(self, field, value, export_format))


def neutralise_exports() -> None:
    """Every list of Wagtail's and ours that can be taken along goes through this one method."""
    SpreadsheetExportMixin.preprocess_field_value = NeutralRows.preprocess_field_value
