"""The benchmarks of this app, by the name `manage.py bench` knows them by."""

from __future__ import annotations

from privacy.benching import Bench
from sparring.benchmarks import matching, renewal

BENCHES = {
    "matching": Bench(matching.run, matching.add_arguments),
    "renewal": Bench(renewal.run, renewal.add_arguments),
}
