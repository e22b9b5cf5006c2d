"""What a benchmark of `manage.py benchmark NAME` is: one function, and the arguments it wants."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple


def no_arguments(parser: ArgumentParser) -> None:
    """For a benchmark that needs nothing to be chosen."""


class Benchmark(NamedTuple):
    """`run` returns what was reached beside its goals, ready for JSON."""

    run: Callable[[Namespace], dict[str, object]]
    add_arguments: Callable[[ArgumentParser], None] = no_arguments
