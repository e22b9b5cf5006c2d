"""The benchmarks of this app, by their name for `manage.py benchmark`."""

from __future__ import annotations

from privacy.benchmarks import anonymity
from privacy.benchmarks.base import Benchmark

BENCHMARKS = {"anonymity": Benchmark(anonymity.run, anonymity.add_arguments)}
