"""What a good spec becomes, and what the parser lets an author write."""

from __future__ import annotations

from fractions import Fraction

import pytest

import archcode
from archcode import SpecError, parse
from archcode.spec.problems import nearest, suggestion

HEAD = "region: us-east-1\ncomponents:\n"
PAIR = f"{HEAD}  a: {{type: client}}\n  b: {{type: sqs.queue}}\n"


def _setting(name, text, kind="sqs.queue"):
    spec = parse(f"{HEAD}  a: {{type: {kind}, {name}: {text}}}\n")
    return getattr(spec.components["a"].settings, name)


def _flow(text):
    return parse(f"{PAIR}flows:\n  - {text}\n").flows[0]


def _facts(text):
    with pytest.raises(SpecError) as raised:
        parse(text)
    return [(f.where, f.message) for f in raised.value.findings]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("visibility_timeout", "30", 30),
        ("visibility_timeout", "30 s", 30),
        ("visibility_timeout", "'30 s'", 30),
        ("visibility_timeout", "0", 0),
        ("visibility_timeout", "43200", 43_200),
        ("visibility_timeout", "12 h", 43_200),
        ("visibility_timeout", "1.5 min", 90),
        ("visibility_timeout", "2000 ms", 2),
        ("visibility_timeout", "6e1", 60),
        ("message_retention_period", "14 d", 1_209_600),
        ("maximum_message_size", "256 KB", 262_144),
        ("maximum_message_size", "1048576", 1_048_576),
        ("fifo_queue", "true", True),
        ("fifo_queue", "FALSE", False),
        ("message_groups", "1000", 1000),
        ("message_groups", "1e3", 1000),
        ("message_groups", "0x10", 16),
    ],
)
def test_a_setting_has_aws_own_unit(name, text, value):
    assert _setting(name, text) == value


def test_hours_days_and_megabytes_have_theirs():
    assert _setting("retention_period_hours", "7 d", "kinesis.stream") == 168
    assert _setting("memory_size", "1 GB", "lambda.function") == 1024
    assert _setting("max_record_size_in_kib", "2 MB", "kinesis.stream") == 2048
    assert _setting("duration", "80 ms", "lambda.function") == Fraction(8, 100)


def test_title_label_and_usage_have_defaults():
    spec = parse(f"{HEAD}  a: {{type: sqs.queue}}\n")

    assert (spec.title, spec.flows, spec.groups) == ("Untitled", (), ())
    assert spec.components["a"].label == "a"
    assert spec.components["a"].usage == {}


def test_the_cloudformation_name_means_the_same_type():
    short = parse(f"{HEAD}  a: {{type: sqs.queue}}\n")

    assert parse(f"{HEAD}  a: {{type: 'AWS::SQS::Queue'}}\n") == short


def test_words_of_yaml_1_1_are_names_and_texts():
    spec = parse(f"{HEAD}  on: {{type: client, label: no}}\n  y: {{type: client, label: 'null'}}\n")

    assert [(c.name, c.label) for c in spec.components.values()] == [("on", "no"), ("y", "null")]


@pytest.mark.parametrize(
    "text",
    [
        "a -> b: {rate: 1/s, size: 1 KB}",
        "a->b: {rate: 1/s, size: 1 KB}",
        "'a  ->  b': {rate: 1/s, size: 1 KB}",
        "{from: a, to: b, rate: 1/s, size: 1 KB}",
        "{a -> b: {rate: 60/min, size: 1024 B}}",
    ],
)
def test_a_flow_has_two_forms(text):
    assert _flow(text) == parse(f"{PAIR}flows: [{{a -> b: {{rate: 1/s, size: 1 KB}}}}]\n").flows[0]


@pytest.mark.parametrize("text", ["a -> b", "a -> b:", "a -> b: {}", "{from: a, to: b}"])
def test_a_flow_needs_no_settings(text):
    flow = _flow(text)

    assert (flow.source, flow.target) == ("a", "b")
    assert flow.settings.model_fields_set == set()


def test_a_name_may_end_like_an_arrow_begins():
    spec = parse(f"{HEAD}  a-: {{type: client}}\n  b: {{type: client}}\nflows: [a- -> b]\n")

    assert spec.flows[0].source == "a-"


@pytest.mark.parametrize("section", ["flows:", "flows: []", "groups:", "groups: {}", "flows: ~"])
def test_an_empty_section_is_no_section(section):
    assert parse(f"{PAIR}{section}\n") == parse(PAIR)


def test_groups_hold_components_and_groups():
    spec = parse(f"{PAIR}groups:\n  g: {{contains: [a]}}\n  h: {{kind: vpc, contains: [g, b]}}\n")

    assert [(g.name, g.label, g.kind, g.contains) for g in spec.groups] == [
        ("g", "g", "lane", ("a",)),
        ("h", "h", "vpc", ("g", "b")),
    ]


def test_a_long_chain_of_groups_is_checked_in_one_go():
    chain = "".join(f"  g{i}: {{contains: [g{i + 1}]}}\n" for i in range(5000))
    spec = parse(f"{PAIR}groups:\n{chain}  g5000: {{contains: [a]}}\n")

    assert len(spec.groups) == 5001


def test_a_long_loop_of_groups_is_told_once():
    chain = "".join(f"  g{i}: {{contains: [g{(i + 1) % 4}]}}\n" for i in range(4))

    assert _facts(f"{PAIR}groups:\n{chain}") == [("g0", "contains itself, through g1, g2, g3")]


def test_yes_is_no_truth_and_text_no_number():
    text = (
        f"{HEAD}  a: {{type: sqs.queue, fifo_queue: yes}}\n"
        "  b: {type: sqs.queue, message_groups: '3'}\n"
        "  c: {type: sqs.queue, message_groups: true}\n"
        "  d: {type: sqs.queue, fifo_queue: 0}\n"
    )

    assert _facts(text) == [
        ("a.fifo_queue", 'is "yes", not true or false'),
        ("b.message_groups", 'is "3", not a whole number'),
        ("c.message_groups", "is true, not a whole number"),
        ("d.fifo_queue", "is 0, not true or false"),
    ]


def test_every_problem_is_told_at_once_in_the_order_of_the_text():
    text = (
        "region: mars-1\n"
        "titel: x\n"
        "components:\n"
        "  a: {type: sqs.que}\n"
        "  b: {type: sqs.queue, delay_seconds: 20 min, colour: red}\n"
        "flows:\n"
        "  - a -> c: {rate: 5, size: 0 B}\n"
        "groups:\n"
        "  g: {contains: [d]}\n"
    )
    with pytest.raises(SpecError) as raised:
        parse(text)
    found = raised.value.findings

    assert [(f.line, f.rule) for f in found] == [
        (1, "unknown_region"),
        (2, "unknown_key"),
        (4, "unknown_type"),
        (5, "out_of_range"),
        (5, "unknown_key"),
        (7, "unknown_component"),
        (7, "missing_unit"),
        (7, "zero_quantity"),
        (9, "unknown_component"),
    ]
    assert all(f.severity == "error" for f in found)


def test_an_error_carries_its_facts_as_data():
    with pytest.raises(archcode.ArchcodeError) as raised:
        parse(f"{HEAD}  a: {{type: sqs.que}}\n")

    assert str(raised.value) == 'a.type "sqs.que" is no known type'
    assert raised.value.findings[0].hint == "did you mean sqs.queue?"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("us-east-l", "us-east-1"),
        ("US-EAST-1", "us-east-1"),
        ("useast1", "us-east-1"),
        ("eu-west-9", "eu-west-1"),
        ("eu-cent", "eu-central-1"),
        ("moon", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_the_first_of_the_most_alike(name, meant):
    assert nearest(name, ["us-east-2", "us-east-1", "eu-west-1", "eu-west-2", "eu-central-1"]) == (
        meant
    )


def test_a_long_list_of_names_is_cut():
    hint = suggestion("zzz", [f"name-{i}" for i in range(100)], "known")

    assert hint.startswith("known: name-0, name-1, ")
    assert hint.endswith(", name-39 and 60 more")
