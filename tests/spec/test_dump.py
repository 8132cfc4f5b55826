"""A dumped spec is the same spec: parse(dump(spec)) == spec, and a second dump is equal."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from spec.generated import documents, nasty_texts, yaml_of

from archcode import SpecError, dump, parse

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
SLOW = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def _spec_or_none(document):
    try:
        return parse(yaml_of(document))
    except SpecError:
        return None


@SLOW
@given(documents())
def test_a_generated_spec_survives_the_round_trip(document):
    spec = _spec_or_none(document)
    assume(spec is not None)
    text = dump(spec)

    assert parse(text) == spec
    assert dump(parse(text)) == text


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_an_example_survives_the_round_trip(path):
    spec = parse(path.read_text("utf-8"))

    assert parse(dump(spec)) == spec


@settings(max_examples=200, deadline=None)
@given(nasty_texts)
def test_any_label_survives_the_round_trip(label):
    document = {
        "title": label,
        "region": "us-east-1",
        "components": {"a": {"type": "client", "label": label}, "b": {"type": "sqs.queue"}},
        "flows": [{"a -> b": {"rate": "1/s", "size": "1 KB", "label": label}}],
        "groups": {"g": {"label": label, "contains": ["a"]}},
    }
    spec = parse(yaml_of(document))
    again = parse(dump(spec))

    assert spec.title == label
    assert spec.components["a"].label == label
    assert again == spec


@pytest.mark.parametrize("name", ["true", "No", "null", "y", "e1", "on", "x.y", "a-b"])
def test_a_name_that_yaml_may_read_otherwise_stays_a_name(name):
    text = f'region: us-east-1\ncomponents:\n  "{name}": {{type: sqs.queue}}\n'
    spec = parse(text)

    assert list(spec.components) == [name]
    assert parse(dump(spec)) == spec


def test_defaults_are_left_out():
    text = "region: us-east-1\ncomponents:\n  a: {type: sqs.queue, visibility_timeout: 30 s}\n"

    assert dump(parse(text)) == (
        "title: Untitled\nregion: us-east-1\ncomponents:\n  a: {type: sqs.queue}\nflows: []\n"
    )


@pytest.mark.parametrize(
    "rate", ["1/s", "20k/min", "5M/day", "1/month", "7/h", "0.001/d", "123456.789/month"]
)
def test_a_rate_is_written_exactly(rate):
    text = (
        "region: us-east-1\ncomponents: {a: {type: client}, b: {type: sqs.queue}}\n"
        f"flows:\n  - a -> b: {{rate: {rate}, size: 1 KB}}\n"
    )
    spec = parse(text)

    assert parse(dump(spec)).flows[0].settings.rate == spec.flows[0].settings.rate


def test_a_third_of_a_message_a_second_is_exact():
    text = (
        "region: us-east-1\ncomponents: {a: {type: client}, b: {type: sqs.queue}}\n"
        "flows:\n  - a -> b: {rate: 20/min, size: 1 KB}\n"
    )

    assert parse(dump(parse(text))).flows[0].settings.rate == Fraction(1, 3)
