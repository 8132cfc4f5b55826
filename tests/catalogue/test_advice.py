"""What articles advise: every number is told by a finding, or says why it cannot be."""

from __future__ import annotations

from collections import Counter

from offenders import expect_none

from archcode.advice import ARTICLES, FORMULAS, advising
from archcode.catalogue import entries

ADVICE = [advice for article in ARTICLES for advice in article.advice]
EVERY = [*ADVICE, *FORMULAS]


def test_every_number_is_there_once():
    assert [advice.number for advice in ADVICE] == [str(number) for number in range(1, 121)]
    assert [formula.number for formula in FORMULAS] == [f"F{number}" for number in range(1, 32)]


def test_is_told_by_findings_that_there_are_or_says_why_not():
    known = entries()
    silent = [(one.number, "tells nothing") for one in EVERY if not one.names and not one.because]
    names = [(one.number, name, n) for one in EVERY for name, n in Counter(one.names).items()]
    wrong = [(*place, "unknown") for *place, _ in names if place[1] not in known]
    twice = [(number, name, f"{n} times") for number, name, n in names if n > 1]

    expect_none([*silent, *wrong, *twice])


def test_is_said_in_one_sentence():
    def whole(text):
        return (text[0].isupper() or text[0] == "`") and text.endswith(".")

    expect_none(
        (one.number, one.says, one.because)
        for one in EVERY
        if not whole(one.says) or one.because.endswith(".")
    )


def test_a_rule_knows_its_advice():
    found = {advice.number for _, advice in advising("visibility_timeout_below_six_timeouts")}

    assert "48" in found
    assert [*advising("unconnected_component")] == []


def test_articles_stand_in_the_order_of_their_numbers():
    assert [len(article.advice) for article in ARTICLES] == [33, 57, 7, 9, 14]
