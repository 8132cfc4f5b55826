"""What each rule says, word for word: the fact with its numbers, then the remedy.

The cases stand in `cases_*.py` beside this module, each in a tuple called CASES.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from case import CLIENT, Case
from offenders import expect_none
from support import found

from archcode.rules import rules_for
from archcode.services import known_types

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("cases_*.py"))
CASES = [case for module in MODULES for case in import_module(module).CASES]
RULES = sorted({case.rule for case in CASES})
UNLIKE_US = re.compile(
    r"[.!]\Z|please|invalid|\bNone\b|Fraction|Decimal|(?<![\d,.])\d{4,}",
)
"""An end of a sentence, a tone that is not ours, a value of Python, or thousands in one piece."""


@pytest.mark.parametrize("rule", RULES)
def test_says(rule):
    expect_none(
        f"said {said}\nnot  {words}"
        for case in CASES
        if case.rule == rule
        if (said := _said(case))
        != (words := [(case.severity, case.where, case.message, case.hint)])
    )


def _said(case: Case) -> list[tuple[object, ...]]:
    """Severity, place, message and hint of what the rule of a case finds."""
    sections = {"region": case.region, "groups": case.groups, "budgets": case.budgets}
    findings = found(case.components, case.flows, **sections)
    return [(f.severity, f.where, f.message, f.hint) for f in findings if f.rule == case.rule]


def test_messages_and_hints_are_in_the_house_form():
    texts = [(case, text) for case in CASES for text in (case.message, case.hint)]

    expect_none((case, text) for case, text in texts if UNLIKE_US.search(text))


def test_two_queues_of_one_function_are_added_up():
    findings = found(
        CLIENT
        + """
p: {type: sqs.queue}
q: {type: sqs.queue}
w: {type: lambda.function, reserved_concurrent_executions: 10}
""",
        "- c -> p: {rate: 1/s, size: 1 KB}\n- c -> q: {rate: 1/s, size: 1 KB}\n"
        "- p -> w: {maximum_concurrency: 8}\n- q -> w: {maximum_concurrency: 3}",
    )
    (first, second) = [f for f in findings if f.rule == "maximum_concurrency_above_reserved"]

    assert first.message == (
        "is 8 (11 over all its queues), but w reserves 10 concurrent executions"
    )
    assert second.message == (
        "is 3 (11 over all its queues), but w reserves 10 concurrent executions"
    )


def test_every_rule_has_its_words_here():
    assert set(RULES) == {rule.name for rule in rules_for(known_types())}
