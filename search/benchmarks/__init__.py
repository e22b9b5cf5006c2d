"""The benchmarks of this app, by their name for `manage.py benchmark`."""

from __future__ import annotations

from privacy.benchmarks.base import Benchmark
from search.benchmarks import engines, outage

BENCHMARKS = {
    "search": Benchmark(engines.run, engines.add_arguments),
    "outage": Benchmark(outage.run, outage.add_arguments),
}
