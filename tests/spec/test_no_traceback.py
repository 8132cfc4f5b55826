"""Whatever is fed in, the only exception on the way to the findings is SpecError."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from spec.generated import TYPES, documents, nasty_texts, yaml_of

from archcode.cli._io import bundled_prices
from archcode.errors import SpecError
from archcode.estimate import price
from archcode.flow import FlowSettings
from archcode.render import estimate_json, findings, focus_csv, markdown, table
from archcode.rules import findings as check
from archcode.spec.load import decode
from archcode.spec.parse import parse
from archcode.topology import propagate

PRICES = bundled_prices()
SPECS = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))]
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
WORDS = [
    "region", "us-east-1", "components", "flows", "groups", "type", "sqs.queue", "sns.topic",
    "lambda.function", "kinesis.stream", "rate", "1/s", "size", "1 KB", "a", "b", "a -> b", "a ->",
    "contains", "label", "usage", "requests", "redrive_policy", "dead_letter_target", "batch", "",
    "views", "group", "flow", "depth", "until", "hops", "direction",
]  # fmt: skip
SYNTAX = [*"{}[],:-?&*!|>%@`'\"#\n\t ", "---", "...", "<<", "!!str", "\x85", "\u2028", "\ufeff"]


def _run(text: str) -> None:
    """All the way to the findings, as the command line goes it."""
    try:
        found = price(propagate(parse(text)), PRICES)
    except SpecError as error:
        told = error.findings
        assert told
    else:
        told = check(found)
        for render in (estimate_json.render, markdown.render):
            assert render(found, told)
        for show in (focus_csv.render, table.render):
            assert show(found)
    assert all(f.line >= 1 and f.column >= 1 and f.message for f in told)
    assert [(f.line, f.column) for f in told] == sorted((f.line, f.column) for f in told)
    findings.render(told, "a.yaml").encode()


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200))
def test_random_text(text):
    _run(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *SYNTAX, *string.ascii_letters]), max_size=40))
def test_random_yaml_like_text(parts):
    _run("".join(parts))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes(data):
    try:
        text = decode(data)
    except SpecError:
        return
    _run(text)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    nasty_texts,
    st.sampled_from(WORDS),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), nasty_texts), inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(TREES)
def test_random_structures(tree):
    _run(yaml_of(tree))


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(
    st.fixed_dictionaries(
        {"region": st.just("us-east-1")},
        optional=dict.fromkeys(
            ("components", "direction", "flows", "groups", "title", "views"), TREES
        ),
    )
)
def test_random_sections(document):
    _run(yaml_of(document))


@settings(max_examples=70, deadline=None, suppress_health_check=SLOW)
@given(documents(), st.data())
def test_a_spec_with_one_value_replaced(document, data):
    holders = [*_holders(document)]
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from([*holder] if isinstance(holder, dict) else range(len(holder))))
    holder[key] = data.draw(TREES)
    _run(yaml_of(document))


def _holders(value):
    if isinstance(value, dict | list) and value:
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)


@settings(max_examples=70, deadline=None, suppress_health_check=SLOW)
@given(documents())
def test_a_spec_that_may_be_right(document):
    _run(yaml_of(document))


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=3, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_a_spec_with_each_type(kind, data):
    _run(yaml_of(data.draw(documents(kind=kind))))


@pytest.mark.parametrize("key", FlowSettings.model_fields)
@settings(max_examples=3, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_a_spec_with_each_key_of_a_flow(key, data):
    _run(yaml_of(data.draw(documents(key=key))))


REACHING = settings(
    max_examples=5000, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
    suppress_health_check=SLOW,
)  # fmt: skip
"""A search that comes out the same every time; it ends with the first specs that it looks for."""


def _priced(document):
    """The estimate of a spec, None where it has none."""
    try:
        return price(propagate(parse(yaml_of(document))), PRICES)
    except SpecError:
        return None


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_is_priced_with_traffic(kind):
    def reached(document):
        found = _priced(document)
        return found and any(
            component.type == kind and found.topology.traffic[name].inflows
            for name, component in found.topology.spec.components.items()
        )

    assert find(documents(kind=kind), reached, settings=REACHING)


@pytest.mark.parametrize("key", FlowSettings.model_fields)
def test_each_key_of_a_flow_is_priced(key):
    def reached(document):
        found = _priced(document)
        flows = found.topology.spec.flows if found else ()
        return any(key in flow.settings.model_fields_set for flow in flows)

    assert find(documents(key=key), reached, settings=REACHING)


def test_flows_into_another_region_are_priced():
    def reached(document):
        found = _priced(document)
        return found and any(hop.way.other_region for hop in found.topology.hops)

    assert find(documents(), reached, settings=REACHING)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.sampled_from(SPECS), st.data())
def test_an_example_with_a_piece_cut_out_or_put_in(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    piece = data.draw(st.one_of(st.sampled_from([*WORDS, *SYNTAX]), st.text(max_size=5)))
    _run(text[:start] + piece + text[end:])
