"""The benchmarks of this app, by their name for `manage.py benchmark`."""

from __future__ import annotations

from events.benchmarks import sign_ups
from privacy.benchmarks.base import Benchmark

BENCHMARKS = {"sign_ups": Benchmark(sign_ups.run, sign_ups.add_arguments)}
