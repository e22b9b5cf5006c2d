"""`manage.py import_document FILE --as article|theme|publication|event --dry-run|--apply`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from document_import.domain.drafting import make_draft
from document_import.domain.reading import read_draft, read_in
from document_import.drafts import Draft, Outcome, Target
from document_import.models import DESTINATIONS, OUTCOMES, REASONS
from people.models import Employee

SHOWN = 70


class Command(BaseCommand):
    help = "Read a document (txt, md, html, docx, odt, pdf) and make it into a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the document")
        parser.add_argument(
            "--as", dest="target", required=True, choices=[target.value for target in Target]
        )
        parser.add_argument("--title", default="", help="instead of the document's own")
        parser.add_argument("--day", type=date.fromisoformat, help="of an event, as 2026-11-22")
        parser.add_argument("--by", default="", help="user name of the editor; needed by --apply")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--dry-run", action="store_true", help="say what would be made")
        way.add_argument("--apply", action="store_true", help="make the draft")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        target = Target(options["target"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        try:
            self._tell(read_draft(data, file_name=path.name, target=target))
            if options["apply"]:
                self._apply(data, path.name, target, options)
        except (ValidationError, PermissionDenied) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError(" ".join(messages)) from error

    def _tell(self, draft: Draft) -> None:
        for fate in draft.fates:
            where = DESTINATIONS[fate.destination] or REASONS[fate.reason]
            self.stdout.write(
                f"{fate.paragraph.number:>4}  {OUTCOMES[fate.outcome]}: {where}  "
                f"{fate.paragraph.text[:SHOWN]}"
            )
        counts = {
            outcome: sum(fate.outcome is outcome for fate in draft.fates) for outcome in Outcome
        }
        self.stdout.write(f"Title: {draft.title}")
        for person in (*draft.authors, *draft.contacts):
            self.stdout.write(f"Person: {person.name} {person.title} {person.email}".rstrip())
        for source in draft.sources:
            self.stdout.write(f"Source: {source.title} {source.address}".rstrip())
        summary = ", ".join(f"{OUTCOMES[outcome]} {count}" for outcome, count in counts.items())
        self.stdout.write(f"{len(draft.fates)} paragraphs: {summary}. Lost: 0.")

    def _apply(self, data: bytes, name: str, target: Target, options: dict[str, Any]) -> None:
        actor = Employee.objects.filter(username=options["by"], is_active=True).first()
        if actor is None:
            raise CommandError("--by must be the user name of an editor with an open account.")
        document = read_in(actor=actor, data=data, file_name=name, target=target)
        page = make_draft(
            actor=actor, document=document, title=options["title"], day=options["day"]
        )
        self.stdout.write(f"Draft {page.pk}: {page.title}")
