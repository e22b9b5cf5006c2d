"""Whether a link still answers, asked through the calendars' gate (docs/decisions/0013).

Only public places over https are reached, also where a server leads on to another one; an address
that begins with http:// is asked over https. Nothing but the first line of the answer is read.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from time import monotonic
from urllib.parse import urljoin

from people.calendars.addresses import target_of
from people.calendars.fetching import PUBLIC, REDIRECTS, FetchPolicy, connection
from people.calendars.ics_parser import CalendarError
from people.enums import CalendarProblem
from sources.enums import LinkState

MOST_REDIRECTS = 5
FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
AWAY = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
HEADERS = {
    "User-Agent": "Sparringsrummet (checks its links once a week)",
    "Accept": "*/*",
    "Connection": "close",
}
STATES: Mapping[CalendarProblem, LinkState] = {
    CalendarProblem.NOT_PUBLIC: LinkState.NOT_PUBLIC,
    CalendarProblem.NO_ANSWER: LinkState.NO_ANSWER,
}


@dataclass(frozen=True)
class Answer:
    """What was found. `status`: the last server's, if one answered; `moved_to`: where it is now."""

    state: LinkState
    status: int | None = None
    moved_to: str = ""


def ask(address: str, gate: FetchPolicy = PUBLIC) -> Answer:
    """Ask for the address, and follow it where it leads. Raises nothing."""
    try:
        return _follow(address, gate)
    except CalendarError as error:
        return Answer(STATES.get(error.problem, LinkState.ADDRESS))
    except ssl.SSLCertVerificationError:
        return Answer(LinkState.NOT_SECURE)
    except socket.gaierror:
        return Answer(LinkState.NO_SUCH_HOST)
    except (OSError, HTTPException, ValueError):
        return Answer(LinkState.NO_ANSWER)


def _follow(address: str, gate: FetchPolicy) -> Answer:
    ends = monotonic() + gate.seconds
    moved_to, for_good = "", True
    for _hop in range(MOST_REDIRECTS + 1):
        target = target_of(over_https(address), gate.ports)
        with connection(target, gate, ends) as opened:
            opened.request("GET", target.path, headers=HEADERS)
            with closing(opened.getresponse()) as response:
                status, leads_to = response.status, response.headers.get("Location", "")
        if status not in REDIRECTS:
            return _answer(status, moved_to)
        address = urljoin(target.address, leads_to)
        # What is moved for now may be back tomorrow; from there on no new address is advised.
        for_good = for_good and status in FOR_GOOD
        moved_to = over_https(address) if for_good else moved_to
    return Answer(LinkState.REDIRECTS, status)


def _answer(status: int, moved_to: str) -> Answer:
    if status in AWAY:
        return Answer(LinkState.GONE, status)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(LinkState.REFUSED, status)
    return Answer(LinkState.MOVED if moved_to else LinkState.OK, status, moved_to)


def over_https(address: str) -> str:
    """The same address over https."""
    scheme, divider, rest = address.partition("://")
    return f"https://{rest}" if divider and scheme.lower() == "http" else address
