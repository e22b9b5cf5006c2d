"""A problem file is read exactly, or refused with one line that says what is wrong and where."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import jsonpairs
from matching.errors import MatchingFileError
from matching.reading import read_problem
from matching.report import plan_report
from matching.solve import solve

GOOD = {
    "slots": 4,
    "colleagues": [
        {"id": "anna", "capacity": 1, "free": [0, 1, 3]},
        {"id": 7, "capacity": 2, "free": [1, 2]},
    ],
    "cases": [
        {"id": "s1", "owner": "anna", "need": 1, "free": [0, 1]},
        {"id": "s2", "owner": None, "need": 1, "free": [3]},
    ],
    "pairs": [["s1", 7, 0.75], ["s2", "anna", 0.5]],
    "agreed": [["s1", 7]],
    "load_weight": 0.8,
}


def changed(path, value):
    """The good file with one value changed."""
    data = json.loads(json.dumps(GOOD))
    where = data
    for step in path[:-1]:
        where = where[step]
    if value is KeyError:
        del where[path[-1]]
    elif path[-1] == "+":
        where.append(value)
    else:
        where[path[-1]] = value
    return json.dumps(data)


def test_the_shape_of_the_answer():
    report = plan_report(solve(read_problem(json.dumps(GOOD))))

    assert report["assignments"] == [
        {"case": "s1", "colleagues": [7], "slot": 1},
        {"case": "s2", "colleagues": ["anna"], "slot": 3},
    ]
    assert list(report) == [
        "assignments",
        "unplaced",
        "affinity",
        "bound",
        "dual_gap",
        "worst",
        "max_min",
        "load_sd",
        "seconds",
        "peak_mb",
    ]
    assert list(report["seconds"]) == ["matching", "slots"]
    assert (report["affinity"], report["worst"], report["max_min"]) == (1.25, 0.5, 0.5)


def test_pairs_may_come_before_the_people_they_name():
    backwards = dict(reversed(GOOD.items()))

    first, second = read_problem(json.dumps(GOOD)), read_problem(json.dumps(backwards))

    assert first.affinity.tolist() == second.affinity.tolist()
    assert first.pair_colleague.tolist() == second.pair_colleague.tolist()


@pytest.mark.parametrize(
    ("path", "default"), [(["agreed"], None), (["load_weight"], None), (["cases", 0, "need"], None)]
)
def test_what_may_be_left_out(path, default):
    assert len(solve(read_problem(changed(path, KeyError))).unplaced) == 0


def test_a_pair_of_a_case_and_its_owner_is_left_out():
    problem = read_problem(changed(["pairs", "+"], ["s1", "anna", 1.0]))

    assert len(problem.affinity) == 2


def test_ids_that_look_alike_are_different():
    data = {
        "slots": 1,
        "colleagues": [
            {"id": 1, "capacity": 1, "free": [0]},
            {"id": "1", "capacity": 1, "free": [0]},
        ],
        "cases": [{"id": 1, "owner": "1", "need": 1, "free": [0]}],
        "pairs": [[1, 1, 1]],
        "agreed": [],
        "load_weight": 0,
    }

    report = plan_report(solve(read_problem(json.dumps(data))))

    assert report["assignments"] == [{"case": 1, "colleagues": [1], "slot": 0}]


def test_huge_slot_numbers_need_no_memory():
    data = json.loads(changed(["slots"], 1_000_000_000))
    data["colleagues"][0]["free"] = [999_999_999]
    data["cases"][1]["free"] = [999_999_999]

    report = plan_report(solve(read_problem(json.dumps(data))))

    assert report["assignments"][-1] == {"case": "s2", "colleagues": ["anna"], "slot": 999_999_999}


BAD = {
    "nothing": ("", "Not valid JSON at line 1, column 1."),
    "cut short": (json.dumps(GOOD)[:-20], "Not valid JSON at line 1, column 315."),
    "text after": (json.dumps(GOOD) + " x", "Not valid JSON at line 1, column 336."),
    "a comma too many": ('{"slots": 1,\n}', "Not valid JSON at line 2, column 1."),
    "no object": ("[1, 2]", "The file must hold one JSON object."),
    "a member twice": ('{"slots": 1, "slots": 2}', '"slots" is given twice.'),
    "nested": ('{"slots": ' + "[" * 100_000, "Not valid: nested too deeply."),
    "NaN": (changed(["pairs", 0, 2], float("nan")), "NaN is not a number in JSON."),
    "infinite": (changed(["load_weight"], float("inf")), "Infinity is not a number in JSON."),
    "digits": ('{"slots": ' + "1" * 9999 + "}", "A number has far too many digits."),
    "no slots": (changed(["slots"], KeyError), "slots is missing."),
    "no pairs": (changed(["pairs"], KeyError), "pairs is missing."),
    "no cases": (changed(["cases"], KeyError), "cases is missing."),
    "no free": (changed(["cases", 1, "free"], KeyError), "cases[1].free is missing."),
    "no capacity": (
        changed(["colleagues", 0, "capacity"], KeyError),
        "colleagues[0].capacity is missing.",
    ),
    "no id": (changed(["cases", 0, "id"], KeyError), "cases[0].id is missing."),
    "slots no number": (changed(["slots"], "4"), "slots must be a whole number."),
    "slots true": (changed(["slots"], True), "slots must be a whole number."),
    "negative slots": (changed(["slots"], -1), "slots is -1; it must be from 0 to 1000000000."),
    "pairs no list": (changed(["pairs"], {}), "pairs must be a list."),
    "cases no list": (changed(["cases"], 3), "cases must be a list."),
    "case no object": (changed(["cases", 1], "s2"), "cases[1] must be an object."),
    "list as id": (
        changed(["cases", 1, "id"], []),
        "cases[1].id must be a text or a whole number.",
    ),
    "half a seat": (
        changed(["colleagues", 1, "capacity"], 1.5),
        "colleagues[1].capacity must be a whole number.",
    ),
    "negative capacity": (
        changed(["colleagues", 1, "capacity"], -2),
        "colleagues[1].capacity is -2; it must be from 0 to 1000000000.",
    ),
    "needs nobody": (
        changed(["cases", 0, "need"], 0),
        "cases[0].need is 0; it must be from 1 to 1000000000.",
    ),
    "same colleague twice": (
        changed(["colleagues", 1, "id"], "anna"),
        'colleagues[1]: the id "anna" is used twice.',
    ),
    "same case twice": (changed(["cases", 1, "id"], "s1"), 'cases[1]: the id "s1" is used twice.'),
    "unknown owner": (
        changed(["cases", 0, "owner"], "bo"),
        'cases[0].owner: unknown id "bo".',
    ),
    "owner true": (changed(["cases", 0, "owner"], True), "cases[0].owner: unknown id true."),
    "slot out of range": (
        changed(["cases", 1, "free"], [3, 4]),
        "cases[1].free: slot 4 is out of range; there are 4 slots.",
    ),
    "slot negative": (
        changed(["colleagues", 0, "free"], [-1]),
        "colleagues[0].free: slot -1 is out of range; there are 4 slots.",
    ),
    "slot a float": (
        changed(["cases", 1, "free"], [1.0]),
        "cases[1].free: a slot must be a whole number.",
    ),
    "free no list": (changed(["cases", 1, "free"], 3), "cases[1].free must be a list."),
    "pair too short": (
        changed(["pairs", 1], ["s2", "anna"]),
        "pairs[1] must be [case, colleague, affinity].",
    ),
    "pair no list": (changed(["pairs", 1], "s2"), "pairs[1] must be [case, colleague, affinity]."),
    "unknown case": (changed(["pairs", 1, 0], "s9"), 'pairs[1]: unknown id "s9".'),
    "unknown colleague": (changed(["pairs", 0, 1], "7"), 'pairs[0]: unknown id "7".'),
    "null colleague": (changed(["pairs", 0, 1], None), "pairs[0]: unknown id null."),
    "list for an id": (changed(["pairs", 0, 1], [7]), "pairs[0]: unknown id [7]."),
    "affinity over 1": (
        changed(["pairs", 1, 2], 1.01),
        "pairs[1]: the affinity 1.01 is not from 0 to 1.",
    ),
    "affinity under 0": (
        changed(["pairs", 1, 2], -0.5),
        "pairs[1]: the affinity -0.5 is not from 0 to 1.",
    ),
    "affinity text": (
        changed(["pairs", 1, 2], "0.5"),
        'pairs[1]: the affinity "0.5" is not from 0 to 1.',
    ),
    "affinity true": (
        changed(["pairs", 1, 2], True),
        "pairs[1]: the affinity true is not from 0 to 1.",
    ),
    "affinity huge": (
        changed(["pairs", 1, 2], 10**400),
        f"pairs[1]: the affinity 1{'0' * 58}… is not from 0 to 1.",
    ),
    "pair twice": (
        changed(["pairs", "+"], ["s1", 7, 0.1]),
        "pairs[2]: the pair is listed twice.",
    ),
    "agreed twice": (
        changed(["agreed", "+"], ["s1", 7]),
        "agreed[1]: the pair is listed twice.",
    ),
    "agreed unknown": (changed(["agreed", 0, 0], "s9"), 'agreed[0]: unknown id "s9".'),
    "agreed too long": (
        changed(["agreed", 0], ["s1", 7, 0.5]),
        "agreed[0] must be [case, colleague].",
    ),
    "load weight text": (changed(["load_weight"], "much"), "load_weight must be a number."),
    "load weight beyond any float": (
        changed(["load_weight"], 10**400),
        f"load_weight is {'1' + '0' * 58}…; it must be from 0 to 100.",
    ),
    "load weight negative": (
        changed(["load_weight"], -0.1),
        "load_weight is -0.1; it must be from 0 to 100.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_malformed_file_gets_one_clear_line(name):
    text, message = BAD[name]

    with pytest.raises(MatchingFileError) as refused:
        read_problem(text)

    assert str(refused.value) == message
    assert "\n" not in message


@pytest.mark.parametrize("indent", [None, 2])
def test_long_lists_are_read_in_pieces(indent, monkeypatch):
    """Pieces end between pairs, also where an id looks like the end of a pair."""
    monkeypatch.setattr(jsonpairs, "PIECE", 40)
    ids = ["plain", "a],[b", 'quote"],["', "æ], [ø"]
    data = dict(GOOD)
    data["cases"] = [{"id": one, "owner": None, "need": 1, "free": [1]} for one in ids]
    data["pairs"] = [[one, who, 0.5] for one in ids for who in ("anna", 7)]
    data["agreed"] = [["a],[b", 7]]

    problem = read_problem(json.dumps(data, indent=indent))

    assert problem.pair_case.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert problem.agreed.tolist() == [False, False, False, True, *[False] * 4]


def test_a_fault_in_a_later_piece_has_its_true_number(monkeypatch):
    monkeypatch.setattr(jsonpairs, "PIECE", 10)

    with pytest.raises(MatchingFileError, match=r"^pairs\[1\]: unknown id \"s9\"\.$"):
        read_problem(changed(["pairs", 1, 0], "s9"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.sampled_from(
        [
            ["slots"],
            ["cases"],
            ["pairs"],
            ["colleagues"],
            ["agreed"],
            ["load_weight"],
            ["cases", 0],
            ["cases", 0, "free"],
            ["cases", 0, "id"],
            ["cases", 0, "owner"],
            ["colleagues", 0, "capacity"],
            ["pairs", 0],
            ["pairs", 0, 0],
            ["pairs", 0, 2],
            ["agreed", 0],
        ]
    ),
    JSON,
)
@settings(max_examples=400, deadline=None)
def test_anything_at_all_is_read_or_refused(path, value):
    with contextlib.suppress(MatchingFileError):
        solve(read_problem(changed(path, value)))


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_read_or_refused(text):
    with pytest.raises(MatchingFileError):
        read_problem(text)
