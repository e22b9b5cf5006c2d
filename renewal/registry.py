"""All renewal rules: every file in `renewal/rules/` is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import EnumType, StrEnum
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from renewal import rules

if TYPE_CHECKING:
    from renewal.rule import RenewalRule


def _found() -> dict[str, RenewalRule]:
    """The rules by the name of their file in capitals, in the order of their codes."""
    named = {
        module.name.upper(): import_module(f"{rules.__name__}.{module.name}").RULE
        for module in iter_modules(rules.__path__)
    }
    require_well_formed(named)
    return dict(sorted(named.items(), key=lambda pair: int(pair[1].code[1:])))


def require_well_formed(named: Mapping[str, RenewalRule]) -> None:
    """ValueError for a code or a threshold's name that would collide once it is stored."""
    for name, rule in named.items():
        if rule.code[:1] != "R" or not rule.code[1:].isdecimal():
            raise ValueError(f"{name}: the code is R and a number, not {rule.code!r}.")
        prefix = f"{rule.code.lower()}_"
        strange = [limit.name for limit in fields(rule.limits) if not limit.name.startswith(prefix)]
        if strange:
            raise ValueError(f"{name}: the numbers of a rule begin with {prefix!r}: {strange}.")
    if len({rule.code for rule in named.values()}) != len(named):
        raise ValueError("Two renewal rules have the same code.")


_FOUND: Final = _found()


class _RuleType(EnumType):
    if TYPE_CHECKING:  # the members come from the file names, which the checker cannot read

        def __getattr__(cls, name: str) -> Rule: ...


class Rule(StrEnum, metaclass=_RuleType):
    """The stored codes by what the rules see: `Rule.STALE` is "R1", from `rules/stale.py`."""

    _ignore_ = ["members"]
    members = vars()
    members.update({name: rule.code for name, rule in _FOUND.items()})

    @property
    def number(self) -> int:
        """The number after the R, for sorting."""
        return int(self.value[1:])


RULES: Final[Mapping[str, RenewalRule]] = {Rule(rule.code): rule for rule in _FOUND.values()}
"""Every rule by its stored code, in the order of the codes."""
