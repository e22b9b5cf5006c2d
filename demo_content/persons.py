"""People named on pages, each with a drawn portrait: their initials on a colour."""

from __future__ import annotations

import io

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFont

from kb.models import LibraryImage, Person
from people.models import Employee

from .files import read

SIDE, LETTERS = 320, 130


def load_persons() -> int:
    """Make the missing persons; accounts must be there. Returns how many were made."""
    accounts = {employee.username: employee for employee in Employee.objects.all()}
    made = 0
    for row in read("persons")["persons"]:
        if Person.objects.filter(email=row["email"]).exists():
            continue
        same = ("name", "title", "organisation", "email", "phone", "contact_is_open")
        Person.objects.create(
            **{name: row[name] for name in same},
            employee=accounts.get(row["employee"]),
            photo=_portrait(row["name"], row["tint"]),
            photo_words=f"Tegnet portræt: {row['name']}s forbogstaver på en farve",
        )
        made += 1
    return made


def persons_by_key() -> dict[str, Person]:
    """The persons of the content by the key that other files name them by."""
    rows = {row["email"]: row["key"] for row in read("persons")["persons"]}
    found = Person.objects.filter(email__in=rows)
    return {rows[person.email]: person for person in found}


def _portrait(name: str, tint: str) -> LibraryImage:
    initials = "".join(part[0] for part in name.split()[:2])
    picture = Image.new("RGB", (SIDE, SIDE), tint)
    font = ImageFont.load_default(LETTERS)
    ImageDraw.Draw(picture).text((SIDE / 2, SIDE / 2), initials, "white", font, anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG")
    file = ImageFile(out, name=f"{initials.lower()}.png")
    return LibraryImage.objects.create(
        title=name,
        file=file,
        description=f"Tegnet portræt: {name}s forbogstaver på en farve",
        licence="own",
        licence_holder="Sparringsrummet",
        focal_point_x=SIDE // 2,
        focal_point_y=SIDE // 2,
        focal_point_width=LETTERS,
        focal_point_height=LETTERS,
    )
