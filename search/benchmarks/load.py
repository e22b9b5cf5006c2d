"""Asking an engine: one client for the times, four processes for the queries per second."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.queues import Queue

import numpy as np
from django.db import connections

Ask = Callable[[str], int]
CLIENTS = 4
WARM_UP = 20  # queries that are not counted


def times(ask: Ask, queries: Sequence[str]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds, and the share of queries without a hit."""
    for query in queries[:WARM_UP]:
        ask(query)
    milliseconds, empty = [], 0
    for query in queries:
        started = time.perf_counter()
        empty += ask(query) == 0
        milliseconds.append((time.perf_counter() - started) * 1000)
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99])
    return {
        "p50_ms": round(float(p50), 1),
        "p95_ms": round(float(p95), 1),
        "p99_ms": round(float(p99), 1),
        "empty_share": round(empty / len(queries), 3),
    }


def queries_per_second(make: Callable[[], Ask], queries: Sequence[str], seconds: float) -> float:
    """Four clients, each a process with connections of its own, ask as fast as they can."""
    connections.close_all()
    context = get_context("fork")
    answers: Queue[int] = context.Queue()
    clients = [
        context.Process(target=_client, args=(make, queries[number::CLIENTS], seconds, answers))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    done = sum(answers.get(timeout=seconds * 4 + 60) for _ in clients)
    for client in clients:
        client.join()
    return round(done / seconds, 1)


def _client(
    make: Callable[[], Ask], queries: Sequence[str], seconds: float, answers: Queue[int]
) -> None:
    ask, done = make(), 0
    ask(queries[0])
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        ask(queries[done % len(queries)])
        done += 1
    connections.close_all()
    answers.put(done)
