#!/usr/bin/env python3
"""Django's command line. The embedded database starts itself when a command first needs it."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.development")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings first)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
