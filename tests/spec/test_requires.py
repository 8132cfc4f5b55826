"""`requires:` in the language: what it takes, what it refuses and where."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import found, spec_text

from archcode import SpecError, dump, parse
from archcode.requires import Requires

QUEUE = "c: {type: client}\nq: {type: sqs.queue, requires: {%s}}"
ARROW = "- c -> q: {rate: 1/s, size: 1 KB}"


def _component(requires: str) -> Requires:
    return parse(spec_text(QUEUE % requires, ARROW)).components["q"].requires


def _problems(text: str) -> list[tuple[str, str, int, int]]:
    with pytest.raises(SpecError) as raised:
        parse(text)
    return [(f.rule, f.where, f.line, f.column) for f in raised.value.findings]


def test_a_component_requires():
    wanted = _component(
        "ordering: group, delivery: exactly_once, replay: 7 d, latency: real_time,"
        " protocol: [amqp, jms], maximum_loss: 0.1%, consumers: 3"
    )

    assert wanted.ordering == "group"
    assert wanted.delivery == "exactly_once"
    assert wanted.replay == 7 * 86_400
    assert wanted.latency == "real_time"
    assert wanted.protocol == ("amqp", "jms")
    assert wanted.maximum_loss == Fraction(1, 1000)
    assert wanted.consumers == 3


def test_one_protocol_is_a_list_of_one():
    assert _component("protocol: amqp") == _component("protocol: [amqp]")


@pytest.mark.parametrize("form", ["- c -> q: {%s}", "- {from: c, to: q, %s}"])
def test_a_flow_requires(form):
    options = "rate: 1/s, size: 1 KB, requires: {ordering: total}"
    components = "c: {type: client}\nq: {type: sqs.queue}"
    (flow,) = parse(spec_text(components, form % options)).flows

    assert flow.settings.requires == Requires(ordering="total")


def test_nothing_is_required_by_default():
    spec = parse(spec_text("c: {type: client}\nq: {type: sqs.queue}", ARROW))

    assert spec.components["q"].requires is None
    assert not spec.requires


def test_survives_the_round_trip():
    wanted = "ordering: none, replay: 90 min, protocol: mqtt, maximum_loss: 0%"
    text = spec_text(QUEUE % wanted, "- c -> q: {rate: 1/s, size: 1 KB, requires: {consumers: 2}}")
    spec = parse(text)

    assert parse(dump(spec)) == spec
    assert "requires: {ordering: none, " in dump(spec)
    assert "requires: {consumers: 2}" in dump(spec)
    assert spec.requires


@pytest.mark.parametrize(
    ("requires", "rule", "where", "message", "hint"),
    [
        ("orderng: group", "unknown_key", "q.requires", 'has no key "orderng"',
         "did you mean ordering?"),
        ("ordering: grup", "unknown_value", "q.requires.ordering",
         'is "grup"; allowed: none, group, total', "did you mean group?"),
        ("ordering: true", "unknown_value", "q.requires.ordering",
         "is true; allowed: none, group, total", ""),
        ("delivery: twice", "unknown_value", "q.requires.delivery",
         'is "twice"; allowed: at_most_once, at_least_once, exactly_once', ""),
        ("replay: 7", "missing_unit", "q.requires.replay",
         "is 7, a duration without a unit; write it like 250 ms, 30 s, 6 min, 4 h, 7 d", ""),
        ("replay: 0 d", "zero_quantity", "q.requires.replay",
         'is "0 d", and must be above 0', ""),
        ("maximum_loss: 0", "missing_unit", "q.requires.maximum_loss",
         "is 0, a share without a unit; write it like 40%, 0.1%", ""),
        ("consumers: 0", "out_of_range", "q.requires.consumers",
         "is 0, below the minimum of 1", ""),
        ("protocol: amqq", "unknown_value", "q.requires.protocol",
         'is "amqq"; allowed: amqp, http, jms, kafka, mqtt, openwire, stomp',
         "did you mean amqp?"),
        ("protocol: []", "empty_value", "q.requires.protocol", "is empty", ""),
    ],
)  # fmt: skip
def test_refuses(requires, rule, where, message, hint):
    with pytest.raises(SpecError) as raised:
        parse(spec_text(QUEUE % requires, ARROW))
    (finding,) = raised.value.findings

    assert (finding.rule, finding.where) == (rule, where)
    assert (finding.message, finding.hint) == (message, hint)


@pytest.mark.parametrize("value", ["ordered", "[ordering]", "3", "null"])
def test_is_a_mapping(value):
    text = spec_text(f"c: {{type: client}}\nq: {{type: sqs.queue, requires: {value}}}", ARROW)

    assert _problems(text) == [("wrong_type", "q.requires", 4, 34)]


def test_problems_stand_where_they_are_written():
    text = spec_text(
        "c: {type: client}\nq:\n  type: sqs.queue\n  requires:\n    ordering: grup\n    relay: 7 d",
        "- c -> q:\n    rate: 1/s\n    size: 1 KB\n    requires:\n      latency: soon",
    )

    assert _problems(text) == [
        ("unknown_value", "q.requires.ordering", 7, 17),
        ("unknown_key", "q.requires", 8, 7),
        ("unknown_value", "c -> q.requires.latency", 14, 18),
    ]


def test_findings_point_at_the_key_that_is_not_met():
    findings = found(
        "c: {type: client}\nq:\n  type: sqs.queue\n  requires:\n    ordering: group\n"
        "    replay: 1 d",
        "- c -> q:\n    rate: 1/s\n    size: 1 KB\n    requires:\n      protocol: amqp",
    )
    places = {f.rule: (f.where, f.line, f.column) for f in findings}

    assert places["ordering_not_kept"] == ("q.requires.ordering", 7, 17)
    assert places["replay_not_possible"] == ("q.requires.replay", 8, 15)
    assert places["protocol_not_spoken"] == ("c -> q.requires.protocol", 14, 19)
