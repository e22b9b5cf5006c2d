"""The benchmarks of this app, by their name for `manage.py benchmark`."""

from __future__ import annotations

from privacy.benchmarks.base import Benchmark
from sparring.benchmarks import matching, renewal

BENCHMARKS = {
    "matching": Benchmark(matching.run, matching.add_arguments),
    "renewal": Benchmark(renewal.run, renewal.add_arguments),
}
