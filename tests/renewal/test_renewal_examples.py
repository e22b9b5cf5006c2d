"""The nine worked examples of domain B3: hits, points, score and band, to the letter."""

from datetime import timedelta

import pytest

from renewal import Band, assess


def case_a(make):
    return make.case(
        started=make.ago(months=24),
        beliefs=(make.citizen(6, days=40), make.belief(6, days=40)),
        actions=(make.started(months=1, company=True),),
    )


def case_b(make):
    return make.case(
        started=make.ago(months=30),
        beliefs=(make.belief(7, days=130), make.citizen(6, days=130)),
        actions=(make.started(months=14, ended=make.ago(months=13)),),
    )


def case_c(make):
    return make.case(
        started=make.ago(months=36),
        beliefs=(make.belief(2, days=60), make.citizen(7, days=60)),
        held=(make.ago(months=15),),
    )


def case_d(make):
    return make.calm(
        owner_changed=True,
        owner_since=make.ago(days=35),
        beliefs=(
            make.belief(7, days=160, employee=make.predecessor),
            make.belief(4, days=95, employee=make.predecessor),
            make.citizen(5, days=95),
        ),
    )


def copied(make, first, newest):
    """Four equal bids with nearly the same reason, the first and the newest on the given days."""
    step = (newest - first) / 3
    reasons = ("Ingen ændring siden sidst.", "Ingen ændringer siden sidst")
    return tuple(
        make.belief(
            5, days=(make.today - first).days - round(step.days * at), because=reasons[at % 2]
        )
        for at in range(4)
    )


def case_e(make):
    beliefs = copied(make, make.ago(months=11), make.ago(days=85))
    return make.calm(beliefs=(*beliefs, make.citizen(5, months=7)))


def case_e_span_between_bids(make):
    """The other way to read "over 11 mdr.": from the first bid to the newest."""
    beliefs = copied(make, make.ago(days=85, months=11), make.ago(days=85))
    return make.calm(beliefs=(*beliefs, make.citizen(5, months=7)))


def case_f(make):
    return make.calm(
        beliefs=(
            make.belief(8, months=14),
            make.belief(8, months=8, because="Har fået flere timer."),
            make.belief(8, days=100, because="Leder selv efter job."),
            make.citizen(7, days=30),
        )
    )


def case_g(make):
    late = make.started(
        months=2, agreed_on=make.ago(days=60), deadline=make.today - timedelta(days=33)
    )
    return make.calm(actions=(make.started(months=1, company=True), late))


def case_h(make):
    return make.case(started=make.ago(months=8))


def case_i(make):
    return make.case(
        started=make.ago(months=60),
        beliefs=(make.citizen(1, months=7), make.belief(1, days=210)),
    )


EXAMPLES = {
    "A frisk": (case_a, {}, 0, Band.NONE),
    "B tro uden handling": (case_b, {"R1": 13, "R4": 25, "R5": 12}, 50, Band.URGENT),
    "C overset håb": (case_c, {"R3": 25, "R5": 12, "R8": 15}, 52, Band.URGENT),
    "D nyt ansigt efter fald": (case_d, {"R1": 10, "R2": 20, "R6": 15}, 45, Band.URGENT),
    "E kopieret tal": (case_e, {"R7": 10, "R11": 8}, 18, Band.ORDINARY),
    "E kopieret tal, mellem bud": (
        case_e_span_between_bids,
        {"R7": 10, "R11": 8},
        18,
        Band.ORDINARY,
    ),
    "F uindfriet tro": (case_f, {"R1": 10, "R9": 12}, 22, Band.ORDINARY),
    "G skredet aftale": (case_g, {"R10": 15}, 15, Band.URGENT),
    "H aldrig registreret": (case_h, {"R0": 20, "R5": 12, "R11": 8}, 40, Band.HIGH),
    "I lav og aldrig sparret": (
        case_i,
        {"R1": 22, "R5": 12, "R8": 15, "R11": 8},
        57,
        Band.URGENT,
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_worked_example(name, make, codes):
    build, hits, score, band = EXAMPLES[name]

    need = assess(build(make))

    assert codes(need) == hits
    assert need.score == score
    assert need.band is band
    assert need.held_back is None
    assert need.waiting == ()


def test_example_h_asked_once_eight_months_ago(make, codes):
    facts = make.case(started=make.ago(months=8), beliefs=(make.citizen(6, months=8),))

    assert codes(assess(facts)) == {"R0": 20, "R5": 12, "R11": 8}
