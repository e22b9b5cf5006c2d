"""Search does not get worse unseen: our own judged queries over the demo's knowledge base.

The judgments were written for this file; the floors lie a little under what was reached.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.analysis.lexicon import default_lexicon
from search.analysis.planner import Planner
from search.evaluation import evaluate

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KINDS = ("themes", "publications", "events", "methods", "offers", "stories")
FLOOR, CATEGORY_FLOOR = 0.9, 0.65


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [inner for key, inner in value.items() if key not in ("slug", "address", "seen_in")]
    return [text for inner in value for text in _texts(inner)] if isinstance(value, list) else []


def judged() -> dict[str, Any]:
    """The demo's content as documents, and what should be found."""
    documents = []
    for kind in KINDS:
        places = (*ROOT.glob(f"*/content/{kind}.json"), ROOT / "demo_content" / f"{kind}.json")
        for row in json.loads(next(filter(Path.exists, places)).read_text())[kind]:
            title = row.get("title") or row.get("nav_title") or row["name"]
            body = "\n".join(_texts({k: v for k, v in row.items() if k not in ("title", "name")}))
            documents.append({"id": f"{kind}:{row['slug']}", "type": kind, "title": title,
                              "body": body})  # fmt: skip
    queries = json.loads((HERE / "judged_queries.json").read_text())
    return {"documents": documents, "queries": queries}


def test_every_judgment_names_a_document():
    found = judged()
    known = {document["id"] for document in found["documents"]}

    assert {key for query in found["queries"] for key in query["relevance"]} <= known


@pytest.mark.parametrize("engine", ["postgres", "elasticsearch"])
def test_the_floor_holds(engine, request):
    url = request.getfixturevalue("elasticsearch_url") if engine == "elasticsearch" else ""

    report = evaluate(judged(), engine, Planner(default_lexicon()), url)

    assert report["zero_hits"] == 0
    assert report["ndcg@10"] >= FLOOR, report
    assert min(report["by_category"].values()) >= CATEGORY_FLOOR, report


def test_built_in_danish_does_not_reach_the_floor():
    """The floor means something: PostgreSQL's own Danish falls through it."""
    assert evaluate(judged(), "baseline", Planner(default_lexicon()), "")["ndcg@10"] < FLOOR
