"""A calendar over https from the open internet, and from nowhere else (docs/decisions/0013).

The name is looked up once for each hop, every answer is checked, and the connection goes to the
checked address itself, so that a name cannot point elsewhere a moment later. Redirects are followed
by hand and checked the same way. Size and time are capped, whatever the server does.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from urllib.parse import urljoin

from people.calendars.ics_parser import MOST_BYTES, CalendarError
from people.enums import CalendarProblem

from .addresses import HTTPS, Target, is_public, target_of

MOST_REDIRECTS = 3
MOST_ADDRESSES = 4
OK, NOT_MODIFIED = 200, 304
REDIRECTS = (301, 302, 303, 307, 308)
PIECE = 16 * 1024


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as this machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class FetchPolicy:
    """What can be reached, and for how long; tests open it for a server of their own."""

    look_up: Callable[[str, int], list[str]] = look_up
    allows: Callable[[str], bool] = is_public
    ports: Container[int] = (HTTPS,)
    authorities: str | None = None  # a file of certificates; the machine's own without one
    seconds: float = 20.0
    connect_seconds: float = 5.0


PUBLIC = FetchPolicy()


@dataclass(frozen=True)
class Fetched:
    """`content` is None when the server says that nothing has changed."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


def fetch(
    address: str, *, etag: str = "", last_modified: str = "", gate: FetchPolicy = PUBLIC
) -> Fetched:
    """Fetch the calendar at the address. Raises CalendarError for every failure."""
    headers = {"Accept": "text/calendar", "Accept-Encoding": "identity", "Connection": "close"}
    headers |= {"User-Agent": "Sparringsrummet"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    ends = monotonic() + gate.seconds
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            target = target_of(address, gate.ports)
            answer = _ask(target, headers, gate, ends)
            if isinstance(answer, Fetched):
                return answer
            address = urljoin(target.address, answer)
    except ssl.SSLCertVerificationError as error:
        raise CalendarError(CalendarProblem.NOT_SECURE) from error
    except socket.gaierror as error:
        raise CalendarError(CalendarProblem.NO_SUCH_HOST) from error
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, CalendarError):
            raise
        raise CalendarError(CalendarProblem.NO_ANSWER) from error
    raise CalendarError(CalendarProblem.REDIRECTS)


def _ask(target: Target, headers: dict[str, str], gate: FetchPolicy, ends: float) -> Fetched | str:
    """What one server answers: the calendar, or where it sends us on to."""
    with connection(target, gate, ends) as opened:
        opened.request("GET", target.path, headers=headers)
        with closing(opened.getresponse()) as response:
            return _answer(response, ends)


def _answer(response: HTTPResponse, ends: float) -> Fetched | str:
    if response.status in REDIRECTS:
        return response.headers.get("Location", "")
    if response.status == NOT_MODIFIED:
        return Fetched(None)
    encoding = response.headers.get("Content-Encoding", "identity")
    if response.status != OK or encoding != "identity":
        raise CalendarError(CalendarProblem.REFUSED)
    return Fetched(
        _read(response, ends),
        _short(response.headers.get("ETag", ""), 200),
        _short(response.headers.get("Last-Modified", ""), 80),
    )


@contextmanager
def connection(target: Target, gate: FetchPolicy, ends: float) -> Iterator[HTTPSConnection]:
    """A connection to a checked address, cut off when the time is up, also in the middle of it."""
    raw = _connected(target, gate, ends)
    with closing(raw), closing(raw.dup()) as same:
        watch = threading.Timer(max(ends - monotonic(), 0), _cut, [same])
        watch.start()
        try:
            context = ssl.create_default_context(cafile=gate.authorities)
            opened = HTTPSConnection(target.host, target.port)
            opened.sock = context.wrap_socket(raw, server_hostname=target.host)
            with closing(opened):
                yield opened
        finally:
            watch.cancel()
            watch.join()


def _connected(target: Target, gate: FetchPolicy, ends: float) -> socket.socket:
    """A socket to the first address that answers. Every address of the name must be allowed."""
    found = gate.look_up(target.host, target.port)
    if not found or not all(gate.allows(address) for address in found):
        raise CalendarError(CalendarProblem.NOT_PUBLIC)
    for address in found[:MOST_ADDRESSES]:
        seconds = min(gate.connect_seconds, ends - monotonic())
        if seconds <= 0:
            break
        try:
            return socket.create_connection((address, target.port), seconds)
        except OSError:
            continue
    raise CalendarError(CalendarProblem.NO_ANSWER)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _read(response: HTTPResponse, ends: float) -> bytes:
    """The body, piece by piece as it comes. Raises when it is too large, too slow or cut short."""
    body = bytearray()
    while piece := response.read1(PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            raise CalendarError(CalendarProblem.TOO_LARGE)
    if response.length or monotonic() >= ends:
        raise CalendarError(CalendarProblem.NO_ANSWER)
    return bytes(body)


def _short(value: str, most: int) -> str:
    """A header to send back on the next fetch; empty for an invalid one."""
    return value if len(value) <= most and value.isascii() and value.isprintable() else ""
