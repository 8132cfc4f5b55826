"""Each remedy against the specs of its rule: it mends what was found, and breaks nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from case import CLIENT
from support import PRICES, found
from test_fixtures import ALL, NAMES, Fixture

from archcode.estimate import price
from archcode.rules import findings
from archcode.spec.load import load
from archcode.spec.parse import parse
from archcode.topology import propagate

if TYPE_CHECKING:
    from archcode.model import Finding

REMEDIED = {
    "batch_above_10_without_window",
    "batching_window_on_fifo_queue",
    "dead_letters_kept_too_short",
    "fifo_batch_above_10",
    "fifo_queue_without_deduplication",
    "function_timeout_above_14_minutes",
    "mapping_ignores_reserved_concurrency",
    "max_receive_count_too_low",
    "maximum_concurrency_above_reserved",
    "short_polling",
    "visibility_timeout_below_function_timeout",
    "visibility_timeout_below_six_timeouts",
}


def _found(text: str) -> tuple[Finding, ...]:
    return findings(price(propagate(parse(text)), PRICES))


def _places(text: str) -> set[tuple[str, str]]:
    return {(finding.rule, finding.where) for finding in _found(text)}


def _settings(document: Any, where: str) -> tuple[dict[str, Any], list[str]]:
    """The mapping of the component or of the flow that a path begins with, and the keys below."""
    if " -> " not in where:
        name, *keys = where.split(".")
        return document["components"][name], keys
    arrow, *keys = where.split(".")
    for index, flow in enumerate(document["flows"]):
        if flow == arrow or (isinstance(flow, dict) and arrow in flow):
            options = {} if flow == arrow else flow[arrow] or {}
            document["flows"][index] = {arrow: options}
            return options, keys
    raise AssertionError(where)


def _number(value: object) -> int | float:
    assert isinstance(value, Decimal)
    return float(value)


def remedied(text: str, finding: Finding) -> str:
    """The spec with the remedy in place of the setting; JSON is YAML."""
    document = load(text).value
    holder, keys = _settings(document, finding.where)
    for key in keys[:-1]:
        holder = holder[key]
    holder[keys[-1]] = finding.remedy
    return json.dumps(document, default=_number)


def _remedies(fixture: Fixture) -> list[Finding]:
    return [f for f in _found(fixture.text) if f.rule == fixture.rule and f.remedy is not None]


@pytest.mark.parametrize("name", NAMES)
def test_mends_the_finding_and_makes_no_other(name):
    marked = [fixture for fixture in ALL if fixture.rule == name and fixture.marked]
    remedies = [(fixture, finding) for fixture in marked for finding in _remedies(fixture)]

    assert bool(remedies) >= (name in REMEDIED)
    for fixture, finding in remedies:
        before, after = _places(fixture.text), _places(remedied(fixture.text, finding))

        assert after <= before - {(finding.rule, finding.where)}, fixture


def test_one_visibility_timeout_suits_all_functions_of_a_queue():
    result = found(
        CLIENT
        + "q: {type: sqs.queue, visibility_timeout: 10}\n"
        + "v: {type: lambda.function, duration: 1 s, timeout: 10}\n"
        + "w: {type: lambda.function, duration: 1 s, timeout: 20}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> v\n"
        "- q -> w: {maximum_batching_window_in_seconds: 5}",
    )
    remedies = {f.rule: f.remedy for f in result if f.where == "q.visibility_timeout"}

    # 6 × 20 s + 5 s for w, more than the 6 × 10 s for v
    assert remedies == {
        "visibility_timeout_below_function_timeout": 125,
        "visibility_timeout_below_six_timeouts": 125,
    }


@pytest.mark.parametrize(
    ("queue", "where"),
    [
        # 5 receives × 6 × 30 s would outlast the 900 s that a message is kept
        (", max_receive_count: 5}, message_retention_period: 900", "q.visibility_timeout"),
        # five receives × 200 s would, too
        (
            ", max_receive_count: 1}, visibility_timeout: 200, message_retention_period: 1000",
            "q.redrive_policy.max_receive_count",
        ),
    ],
)
def test_none_where_it_would_let_messages_expire(queue, where):
    result = found(
        CLIENT
        + f"q: {{type: sqs.queue, redrive_policy: {{dead_letter_target: d{queue}}}\n"
        + "d: {type: sqs.queue}\nw: {type: lambda.function, duration: 1 s, timeout: 30}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
    )

    assert [f.remedy for f in result if f.where == where] == [None]


def test_none_where_a_function_could_not_keep_up():
    result = found(
        CLIENT
        + "q: {type: sqs.queue}\n"
        + "w: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 10}",
        # 110/s ÷ 10 × 1 s = 11 at a time
        "- c -> q: {rate: 1/s, peak: 110/s, size: 1 KB}\n- q -> w",
    )

    assert [f.remedy for f in result if f.rule == "mapping_ignores_reserved_concurrency"] == [None]
