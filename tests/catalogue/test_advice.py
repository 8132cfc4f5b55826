"""What articles advise: every number is told by a finding, or says why it cannot be."""

from __future__ import annotations

from collections import Counter

import pytest

from archcode.advice import ARTICLES, FORMULAS, advising
from archcode.catalogue import entries

ADVICE = [advice for article in ARTICLES for advice in article.advice]


def test_every_number_is_there_once():
    assert [advice.number for advice in ADVICE] == [str(number) for number in range(1, 121)]
    assert [formula.number for formula in FORMULAS] == [f"F{number}" for number in range(1, 32)]


@pytest.mark.parametrize("advice", [*ADVICE, *FORMULAS], ids=lambda advice: advice.number)
def test_is_told_by_findings_that_there_are_or_says_why_not(advice):
    assert advice.names or advice.because
    assert [name for name in advice.names if name not in entries()] == []
    assert [name for name, times in Counter(advice.names).items() if times > 1] == []


@pytest.mark.parametrize("advice", [*ADVICE, *FORMULAS], ids=lambda advice: advice.number)
def test_is_said_in_one_sentence(advice):
    assert advice.says[0].isupper() or advice.says[0] == "`"
    assert advice.says.endswith(".")
    assert not advice.because.endswith(".")


def test_a_rule_knows_its_advice():
    found = {advice.number for _, advice in advising("visibility_timeout_below_six_timeouts")}

    assert "48" in found
    assert [*advising("unconnected_component")] == []


def test_articles_stand_in_the_order_of_their_numbers():
    assert [len(article.advice) for article in ARTICLES] == [33, 57, 7, 9, 14]
