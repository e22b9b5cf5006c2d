"""`make mutants`: change the rules one small thing at a time; a test has to notice.

Prints for each target how many changes were noticed, then those that were not; 1 below the floor.
`make mutants ARGS="renewal --minutes 3 --seed 2"` tries a random sample of one target.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from devtools import ROOT
from devtools.mutants.trying import Result, Target, TestsFailed, attempt

FLOOR = 90
EQUAL = Path(__file__).with_name("equal.toml")


def _files(*patterns: str) -> tuple[str, ...]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return tuple(sorted(str(path.relative_to(ROOT)) for path in found))


TARGETS = {
    "renewal": Target(
        files=_files("renewal/**/*.py"),
        # test_how_to starts processes of its own, which never see the change.
        tests=tuple(
            sorted(set(_files("tests/renewal/test_*.py")) - {"tests/renewal/test_how_to.py"})
        ),
        anew=("renewal", "tests.renewal"),
    ),
    "suppression": Target(
        files=("privacy/suppression.py", "privacy/levels.py"),
        # Those attacks that need no database; the one with a solver reads single rows alone.
        tests=(
            "tests/privacy/test_suppression.py",
            "tests/insight/test_attack.py::test_who_knows_the_rules_does_not_read_a_small_count_off"
            "_what_else_is_hidden",
            "tests/insight/test_attack.py::test_no_hidden_number_of_a_single_row_is_pinned",
        ),
        anew=("privacy.suppression", "privacy.levels", "tests.privacy"),
    ),
    "matching": Target(
        files=("matching/check.py", "matching/certificate.py"),
        tests=("tests/matching/test_check.py", "tests/matching/test_solve.py"),
        anew=("matching", "tests.matching"),
    ),
    "access": Target(
        # What decides who may open an address, and which rows that person then sees.
        files=(
            "privacy/matrix.py",
            "privacy/middleware.py",
            "people/access.py::acl_tokens",
            "people/models.py::EmployeeQuerySet.with_role",
            "people/models.py::EmployeeQuerySet.who_may",
            "people/models.py::Employee.has_role",
            "people/models.py::Employee.may",
            "insight/scopes.py",
            "kb/domain/permissions.py::may_enter",
            "kb/domain/permissions.py::may_edit_pages",
            "sparring/models/access_rule.py",
            "sparring/shared/access_rows.py",
            "sparring/models/cases.py::_own",
            "sparring/models/cases.py::CaseQuerySet.visible_to",
            "sparring/models/cases.py::CaseQuerySet.owned_by",
            "sparring/models/cases.py::CaseQuerySet.find",
            "sparring/cases/search_documents.py::audience_of",
            "sparring/cases/search_documents.py::visible",
            "sparring/beliefs/queries/actions.py",
            "sparring/sessions/queries/facilitation.py::may_drive",
            "sparring/sessions/queries/sessions.py::sessions_of",
            "sparring/sessions/queries/sessions.py::participation_of",
            "sparring/sessions/queries/sessions.py::visible_bids",
            "sparring/sessions/queries/sessions.py::sees_bids",
            "sparring/sessions/queries/sessions.py::has_taken_over",
            "sparring/sessions/queries/sessions.py::hides_beliefs",
            "sparring/sessions/queries/sessions.py::answerable",
            "stories/models/queryset.py",
        ),
        # Each asks the rules one by one; the rounds through all addresses take too long here.
        tests=(
            "tests/privacy/test_matrix_rules.py",
            "tests/privacy/test_who_sees_a_case.py",
            "tests/stories/test_who_reads_a_story.py",
        ),
        database=True,
    ),
}


def equal_ones(file: Path = EQUAL) -> frozenset[str]:
    """The names of the changes that change nothing; each stands there with its reason."""
    entries = tomllib.loads(file.read_text(encoding="utf-8")).get("equal", [])
    return frozenset(
        f"{entry['file']} {entry['where']}: {entry['change']}" for entry in entries if entry["why"]
    )


def judge(name: str, result: Result, equal: frozenset[str]) -> tuple[str, bool]:
    """What is told about one target, and whether the floor is reached."""
    tried, killed = len(result.tried), len(result.tried) - len(result.survived)
    share = 100 * killed / tried if tried else 0
    left_out = sum(mutant.name in equal for mutant in result.all)
    told = (
        f"{name:<12} {killed} of {tried} changes noticed, {share:.1f} %"
        f" ({len(result.all) - left_out} possible, {left_out} equal)"
    )
    lines = [told, *sorted(f"  not noticed: {mutant.name}" for mutant in result.survived)]
    return "\n".join(lines), share >= FLOOR


def main() -> int:
    """Try the targets named, or all; 1 below the floor or when an entry is out of date."""
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("targets", nargs="*", metavar="target", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10, help="at most, for each target")
    parser.add_argument("--seed", type=int, default=1, help="which come first, if time is short")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    equal, failed = equal_ones(), 0
    for name in options.targets or TARGETS:
        try:
            result = attempt(
                TARGETS[name], seconds=60 * options.minutes, seed=options.seed, known=equal
            )
        except TestsFailed as reason:
            print(f"{name:<12} cannot be judged: {reason}")
            return 1
        told, enough = judge(name, result, equal)
        print(told, flush=True)
        names = {mutant.name for mutant in result.all}
        files = {place.partition("::")[0] for place in TARGETS[name].files}
        stale = [entry for entry in equal - names if entry.split(" ", 1)[0] in files]
        for entry in sorted(stale):
            print(f"  equal.toml names what is not there: {entry}")
        failed |= bool(stale) or not enough
    return failed


if __name__ == "__main__":
    sys.exit(main())
