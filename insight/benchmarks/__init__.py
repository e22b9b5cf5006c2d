"""The benchmarks of this app, by their name for `manage.py benchmark`."""

from __future__ import annotations

from insight.benchmarks import knowledge, pages, withdrawal
from privacy.benchmarks.base import Benchmark

BENCHMARKS = {
    "knowledge": Benchmark(knowledge.run, knowledge.add_arguments),
    "pages": Benchmark(pages.run, pages.add_arguments),
    "withdrawal": Benchmark(withdrawal.run, withdrawal.add_arguments),
}
