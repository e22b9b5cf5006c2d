"""The proxies whose statement of the client's address is trusted (TRUSTED_PROXIES)."""

from __future__ import annotations

import ipaddress

from django.core.exceptions import ImproperlyConfigured

UNIX = "unix"
NOBODY = "none"


def trusted_proxies(text: str) -> list[str]:
    """Networks divided by commas, `unix` for a socket, `none` for nobody.

    Raises ImproperlyConfigured for what is neither, and for a network that is the whole internet:
    then anybody could write the address they are counted by.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    if names == [NOBODY]:
        return []
    for name in names:
        if name != UNIX:
            _check(name)
    return names


def _check(name: str) -> None:
    try:
        whole = ipaddress.ip_network(name).prefixlen == 0
    except ValueError as error:
        raise ImproperlyConfigured(
            f"Sparringsrummet cannot start: TRUSTED_PROXIES holds {name!r}. Write networks such as "
            f"172.18.0.0/16 or one address, divided by commas, or none ({error})."
        ) from None
    if whole:
        raise ImproperlyConfigured(
            f"Sparringsrummet cannot start: TRUSTED_PROXIES holds {name}, which is everybody. "
            "Write only the addresses of your own proxies."
        )
