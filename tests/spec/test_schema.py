"""The JSON Schema says what `archcode validate` says, as far as a schema can know."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from offenders import expect_none
from spec.generated import TYPES, bounds, documents, yaml_of

from archcode import SpecError, json_schema, parse
from archcode.fields import Quantity
from archcode.flow import FlowSettings
from archcode.services import FULL_NAMES, find
from archcode.spec.load import load
from archcode.spec.view import ViewText

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
CASES = Path(__file__).parents[1] / "bad_input" / "cases"
SCHEMA = json_schema()
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)
"""Of two validators the one that is two hundred times as fast."""

OUT_OF_REACH = {
    "duplicate_key": "JSON has no duplicate keys: editors tell them on their own",
    "second_document": "a schema sees one document at a time",
    "tag": "tags are gone once a text has become values",
    "control_character": "escapes are gone once a text has become values",
    "amplifying_loop": "needs the traffic",
    "source_without_rate": "needs the other flows",
    "unknown_component": "names another part of the text",
    "unknown_flow": "names another part of the text",
    "ambiguous_budget": "names another part of the text",
    "ambiguous_flow": "names another part of the text",
    "member_of_two_groups": "needs the other groups",
    "group_in_itself": "needs the other groups",
    "depth_without_groups": "needs the groups",
    "peak_below_rate": "compares two values",
    "duration_above_timeout": "compares two values",
    "fifo_setting_on_standard_queue": "settings at odds with each other",
    "fifo_setting_on_standard_topic": "settings at odds with each other",
    "high_throughput_without_scope": "settings at odds with each other",
    "shard_count_on_demand": "settings at odds with each other",
    "half_provisioned_throughput": "settings at odds with each other",
    "activemq_cluster": "settings at odds with each other",
}
"""Rules of the language that a JSON Schema cannot, or does not, express."""
EXCEPTIONS = {
    "group_named_like_a_component": "bad_name of a group that is a component's name",
    "redrive_to_a_wrong_type": "wrong_type of another component",
    "range_does_not_fit": "out_of_range of one end of a range",
    "scenario_does_not_fit": "out_of_range of a setting, whose type stands elsewhere in the text",
    "views_of_one_file_name": "bad_name of a view that differs in case from another",
}
"""Cases whose rules a schema knows, but not in this form."""


def _plain(value: Any) -> Any:
    """Decimals as the floats that every JSON Schema validator has."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


@cache
def _language_cases() -> tuple[str, ...]:
    """Bad specs that are YAML, and have problems of the language rather than findings."""
    return tuple(path.stem for path in sorted(CASES.glob("*.yaml")) if _of_the_language(path))


def _of_the_language(path: Path) -> bool:
    printed = path.with_suffix(".txt").read_text("utf-8")
    if re.search(r"in \d+ components?\n", printed):
        return False
    try:
        load(path.read_text("utf-8"))
    except SpecError:
        return False
    return True


def _rules(name):
    printed = (CASES / f"{name}.txt").read_text("utf-8")
    return set(re.findall(r"error: .*\[([a-z0-9_]+)\]$", printed, re.MULTILINE))


def _document(name):
    return _plain(load((CASES / f"{name}.yaml").read_text("utf-8")).value)


def test_is_a_schema_of_its_draft():
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_accepts_the_examples():
    assert len(SPECS) > 20
    expect_none(
        (path.stem, error.message)
        for path in SPECS
        for error in VALIDATOR.iter_errors(_plain(load(path.read_text("utf-8")).value))
    )


def test_rejects_what_it_can_know_to_be_wrong():
    knowable = [
        name
        for name in _language_cases()
        if _rules(name) - OUT_OF_REACH.keys() and name not in EXCEPTIONS
    ]

    assert len(knowable) > 40
    expect_none(name for name in knowable if VALIDATOR.is_valid(_document(name)))


def test_every_exception_is_needed():
    accepted = [name for name in _language_cases() if VALIDATOR.is_valid(_document(name))]
    rules = set().union(*(_rules(name) for name in accepted))

    assert OUT_OF_REACH.keys() - rules == set()
    assert EXCEPTIONS.keys() - accepted == set()


def test_knows_every_type_by_both_names():
    wrong = []
    for kind in (*TYPES, *FULL_NAMES):
        component = {"type": kind, **_required(find(kind).settings)}
        spec = {"region": "us-east-1", "components": {"a": component}}
        if not VALIDATOR.is_valid(spec):
            wrong.append((kind, "is refused"))
        if VALIDATOR.is_valid({**spec, "components": {"a": {**component, "nothing": 1}}}):
            wrong.append((kind, "may have a setting that there is not"))

    expect_none(wrong)


def test_no_two_models_share_a_name():
    # The schema holds nested models by their names, so the second would replace the first.
    models = {owner for kind in TYPES for owner in _models(find(kind).settings)}
    names = [model.__name__ for model in models]

    assert sorted(names) == sorted(set(names))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_accepts_whatever_is_accepted(document):
    text = yaml_of(document)
    try:
        parse(text)
        accepted = True
    except SpecError as error:
        accepted = False
        rules = {finding.rule for finding in error.findings}
    valid = VALIDATOR.is_valid(_plain(load(text).value))

    if accepted:
        # A rate without a size is refused one step later, when traffic is carried.
        flows = [f for f in document["flows"] if isinstance(f, dict)]
        settings_of = [{**f, **(next(iter(f.values())) or {})} if len(f) == 1 else f for f in flows]
        assert valid is all("size" in s for s in settings_of if "rate" in s)
    elif valid:
        assert rules.isdisjoint({"unknown_key", "missing_key", "unknown_value", "unknown_type"})


LANGUAGE = {
    "empty_value",
    "missing_key",
    "missing_unit",
    "negative_quantity",
    "not_whole",
    "out_of_range",
    "too_long",
    "unknown_key",
    "unknown_unit",
    "unknown_value",
    "until_without_flow",
    "view_of_two_things",
    "hops_with_depth",
    "wrong_type",
    "zero_quantity",
}
BEYOND_A_PATTERN = {"out_of_range", "not_whole"}
"""A text such as `20 h` is read before it is compared."""

CANDIDATES: list[Any] = [
    None, True, False, 0, 1, -1, 3, 10**12, 1.5, -0.5, "", "1", "text", "yes", [], ["x"], {},
    {"x": 1}, "1 s", "90 s", "1.5 s", "2 h", "250 ms", "3 d", "0 s", "-1 s", "1 B", "2 KB", "0 B",
    "1 MiB", "3 GB", "40%", "100%", "100.0%", "0%", "101%", "100.1%", "140 %", "-1%", "5/s",
    "5 /s", "5k/min", "5M / day", "0/s", "-5/s", "5/week", "5 kb", "5 minutes", "1_000", "2k",
    "1e3", "+5 s", "+ 5 s", "5.s", ".5 s", "٣ s", "5 s x", " 5 s ", "x" * 200, "x" * 201,
]  # fmt: skip


def _fields(model, path=()):
    """Every setting, nested ones with their path, and what surrounds them."""
    for name, field in model.model_fields.items():
        yield (*path, name), field
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if hasattr(part, "model_fields"):
                yield from _fields(part, (*path, name))


def _models(model):
    yield model
    for field in model.model_fields.values():
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if hasattr(part, "model_fields"):
                yield from _models(part)


def _metadata(field):
    metadata = [*field.metadata]
    for argument in getattr(field.annotation, "__args__", ()):
        metadata += getattr(argument, "__metadata__", ())
    return tuple(metadata)


def _candidates(field):
    low, high = bounds(_metadata(field))
    unit = next((m.unit for m in _metadata(field) if isinstance(m, Quantity)), "")
    edges = [low - 1, low, high, high + 1]
    return [*CANDIDATES, *edges, *(f"{edge} {unit}" for edge in edges if edge >= 0)]


def _required(model, path=(), value=None):
    """The least that a model asks for, and a value at a path inside it."""
    found = {}
    for name, field in model.model_fields.items():
        inner = next(
            (
                part
                for part in (field.annotation, *getattr(field.annotation, "__args__", ()))
                if hasattr(part, "model_fields")
            ),
            None,
        )
        if path == (name,):
            found[name] = value
        elif path[:1] == (name,):
            found[name] = _required(inner, path[1:], value)
        elif field.is_required():
            found[name] = _required(inner) if inner else _least(field)
    return found


def _least(field):
    words = getattr(field.annotation, "__args__", ())
    if field.annotation is str:
        return "a"
    return words[0] if words else bounds(_metadata(field))[0]


def _disagreement(document, value):
    """The problems that only one of schema and parser has with a document."""
    try:
        parse(yaml_of(document))
        rules = set()
    except SpecError as error:
        # A schema cannot tell of what type the component is that a setting names.
        findings = (f for f in error.findings if " is of type " not in f.message)
        rules = {finding.rule for finding in findings} & LANGUAGE
    if isinstance(value, str) and not value.endswith("%"):
        rules -= BEYOND_A_PATTERN
    return rules if bool(rules) is VALIDATOR.is_valid(document) else None


@pytest.mark.parametrize("kind", TYPES)
def test_a_setting_means_the_same_to_both(kind):
    model = find(kind).settings
    written = [
        (path, value, {"type": kind, **_required(model, path, value)})
        for path, field in _fields(model)
        if not hasattr(field.annotation, "model_fields")
        for value in _candidates(field)
    ]

    expect_none(
        (".".join(path), repr(value), rules)
        for path, value, component in written
        if (rules := _disagreement(_alone(component), value)) is not None
    )


def _alone(component: dict[str, Any]) -> dict[str, Any]:
    return {"region": "us-east-1", "components": {"a": component}}


def test_a_key_of_a_flow_means_the_same_to_both():
    components = {"a": {"type": "client"}, "b": {"type": "sqs.queue"}}
    different = []
    for key, field in FlowSettings.model_fields.items():
        around = {"rate": "1/s"} if key in ("peak", "profile") else {}
        size = {} if key == "size" else {"size": "1 KB"}
        for value in _candidates(field):
            flow = {"a -> b": {**around, **size, key: value}}
            document = {"region": "us-east-1", "components": components, "flows": [flow]}
            rules = _disagreement(document, value)
            if rules is not None:
                different.append((key, repr(value), rules))

    expect_none(different)


@pytest.mark.parametrize("key", ["", *ViewText.model_fields])
def test_a_key_of_a_view_means_the_same_to_both(key):
    different = []
    values = _candidates(ViewText.model_fields[key]) if key else CANDIDATES
    values = [*values, "a", ["a", "b"], ["G"], ["c"], [1], "LR", "TB", "auto", "lr"]
    for value in values:
        for also in ({}, {"group": "G"}, {"flow": "a"}, {"depth": 1}, {"flow": "a", "hops": 2}):
            document = {
                "region": "us-east-1",
                "components": {"a": {"type": "client"}, "b": {"type": "sqs.queue"}},
                "groups": {"G": {"contains": ["a"]}},
                "views": {"v": {**also, key: value} if key else value},
            }
            rules = _disagreement(document, value)
            if rules is not None:
                different.append((also, repr(value), rules))

    expect_none(different)


def test_a_direction_means_the_same_to_both():
    around = {"region": "us-east-1", "components": {"a": {"type": "client"}}}
    values = [*CANDIDATES, "LR", "TB", "auto", "lr"]

    expect_none(
        (repr(value), rules)
        for value in values
        if (rules := _disagreement({**around, "direction": value}, value)) is not None
    )


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["title", "label", "usage"]), st.sampled_from(CANDIDATES))
def test_titles_labels_and_usage_mean_the_same_to_both(key, value):
    component: dict[str, Any] = {"type": "sqs.queue"}
    document: dict[str, Any] = {"region": "us-east-1", "components": {"a": component}}
    if key == "title":
        document["title"] = value
    elif key == "label":
        component["label"] = value
    else:
        component["usage"] = {"requests": value}

    assert _disagreement(document, value) is None


FLOWS: list[Any] = [
    "a -> b", "a->b", " a  ->  b ", "a - > b", "a ->", "-> b", "a", "a -> b -> a", "a => b",
    "", None, 7, [], ["a", "b"], {}, {"from": "a", "to": "b"}, {"from": "a"}, {"to": "b"},
    {"a -> b": None}, {"a -> b": {}}, {"a -> b": []}, {"a -> b": 7}, {"a": {}}, {"->": {}},
    {"a -> b": {}, "b -> a": {}}, {"from": 1, "to": "b"}, {"from": "a", "to": "b", "x": 1},
]  # fmt: skip


def _accepted(document: dict[str, Any]) -> bool:
    try:
        parse(yaml_of(document))
    except SpecError:
        return False
    return True


def test_a_flow_is_a_flow_to_both():
    components = {"a": {"type": "client"}, "b": {"type": "sqs.queue"}}
    around = {"region": "us-east-1", "components": components}
    written = [{**around, "flows": [flow]} for flow in FLOWS]

    expect_none(
        repr(document["flows"])
        for document in written
        if VALIDATOR.is_valid(document) is not _accepted(document)
    )
