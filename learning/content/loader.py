"""Methods, their roots and the education from the packaged files: made when missing, then left."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from demo_content.files import read
from demo_content.guideposts import tag_of
from kb.models import Person, ThemePage
from learning.models import EthicsStatement, Method, Module, Programme, ProgrammeModule, Root
from people.models import Employee

PACKAGE = "learning.content"


def education() -> dict[str, Any]:
    """The programme of `methods.json` (demo_content/README.md)."""
    row: dict[str, Any] = read("methods", PACKAGE)["programme"]
    return row


def modules_file() -> Any:
    """The parsed `modules.json`."""
    return read("modules", PACKAGE)


def load_roots() -> int:
    """Make the missing roots in the file's order."""
    return sum(
        Root.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "explanation": row["explanation"],
                "position": position,
            },
        )[1]
        for position, row in enumerate(education()["roots"], start=1)
    )


def load_methods() -> int:
    """Make the missing methods, with their themes and roots. Returns how many were made."""
    same = ("name", "minutes", "participants", "purpose", "when", "when_not")
    made = 0
    for row in read("methods", PACKAGE)["methods"]:
        fields = {name: row[name] for name in same} | {"steps": "\n".join(row["steps"])}
        fields["guidepost"] = tag_of("methods", row["slug"])
        method, new = Method.objects.get_or_create(slug=row["slug"], defaults=fields)
        if new:
            method.themes.set(ThemePage.objects.filter(number__in=row["themes"]))
            method.roots.set(Root.objects.filter(slug__in=row["roots"]))
            method.save()
            made += 1
    return made


def load_modules() -> int:
    """Make the missing modules. Returns how many were made."""
    same = ("name", "hours", "who_may_take")
    return sum(
        Module.objects.get_or_create(
            slug=row["slug"],
            defaults={name: row[name] for name in same} | {"goals": "\n".join(row["goals"])},
        )[1]
        for row in modules_file()["modules"]
    )


def load_programmes() -> int:
    """The levels of the education; unknown values, such as the points, stay empty."""
    row, modules = education(), {module.slug: module for module in Module.objects.all()}
    made = 0
    for position, level in enumerate(row["levels"], start=1):
        programme, new = Programme.objects.get_or_create(
            slug=level["slug"],
            defaults={
                "name": row["name"],
                "level": level["name"],
                "in_order": level["in_order"],
                "valid_months": level["valid_months"],
                "renewal_module": modules.get(level["renewal_module"]),
                "note": row["note"],
                "position": position,
            },
        )
        if new:
            made += 1
            ProgrammeModule.objects.bulk_create(
                ProgrammeModule(programme=programme, module=modules[slug], sort_order=order)
                for order, slug in enumerate(level["modules"])
            )
    return made


def load_ethics() -> int:
    """The first version of the ethics statement."""
    row = modules_file()["ethics"]
    return int(
        EthicsStatement.objects.get_or_create(
            version=row["version"],
            defaults={
                "text": "\n".join(row["sentences"]),
                "valid_from": timezone.localdate(),
            },
        )[1]
    )


def load_owner() -> int:
    """Who can be asked, on methods and programmes that name nobody yet."""
    row = modules_file()["owner"]
    employee = Employee.objects.filter(username=row["username"]).first()
    fields = {name: row[name] for name in ("title", "organisation", "email")}
    owner, new = Person.objects.get_or_create(
        name=row["name"], defaults=fields | {"employee": employee}
    )
    # The person may be there already: kb's demo names people too.
    Method.objects.filter(owner=None).update(owner=owner)
    Programme.objects.filter(contact=None).update(contact=owner)
    return int(new)
