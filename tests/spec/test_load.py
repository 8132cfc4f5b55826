"""YAML 1.2 core scalars from libyaml's events, with a place for every key and value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcode import SpecError, parse
from archcode.spec.load import MAX_BYTES, decode, load


def _value(text):
    return load(f"a: {text}\n").value["a"]


def _problems(text):
    with pytest.raises(SpecError) as raised:
        load(text)
    return [(f.rule, f.line, f.column) for f in raised.value.findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("n", "n"),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("010", 10),
        ("0o17", 15),
        ("0xff", 255),
        ("0b11", "0b11"),
        ("0o8", "0o8"),
        ("1_000", "1_000"),
        ("12:30:00", "12:30:00"),
        ("2026-01-31", "2026-01-31"),
        ("1e3", 1000),
        ("1000.0", 1000),
        ("1.5", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("-.5E-1", Decimal("-0.05")),
        ("5.", 5),
        ("0.1", Decimal("0.1")),
        ("1e", "1e"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("350/s", "350/s"),
        ("40%", "40%"),
        ("<<", "<<"),
        ('"1"', "1"),
        ("'true'", "true"),
        ('""', ""),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">\n  one\n  two", "one two\n"),
        ('"\\u00fc\\t\\x41"', "ü\tA"),
        ("a # b", "a"),
        ("a#b", "a#b"),
    ],
)
def test_a_scalar_is_what_yaml_1_2_says(text, value):
    found = _value(text)

    assert found == value
    assert type(found) is type(value)


def test_a_tenth_is_exact():
    assert _value("0.1") == Decimal("0.1")


@pytest.mark.parametrize("digits", [60, 100, 101, 5000])
def test_long_numbers_stay_numbers_or_text(digits):
    assert str(_value("9" * digits)) == "9" * digits


def test_a_huge_exponent_stays_small_in_memory():
    assert _value("1e9999") == Decimal("1e9999")
    assert _value("1e99999") == "1e99999"


def test_every_key_and_value_has_its_place():
    text = "# first\n\na:\n  - b: 1\n    cc:   [x,  {y: z}]\nd: |\n  long\n"
    document = load(text)

    assert document.value == {"a": [{"b": 1, "cc": ["x", {"y": "z"}]}], "d": "long\n"}
    assert document.mark(()) == (3, 1)
    assert document.mark(("a",), key=True) == (3, 1)
    assert document.mark(("a",)) == (4, 3)
    assert document.mark(("a", 0, "b"), key=True) == (4, 5)
    assert document.mark(("a", 0, "cc"), key=True) == (5, 5)
    assert document.mark(("a", 0, "cc")) == (5, 11)
    assert document.mark(("a", 0, "cc", 0)) == (5, 12)
    assert document.mark(("a", 0, "cc", 1, "y"), key=True) == (5, 17)
    assert document.mark(("a", 0, "cc", 1, "y")) == (5, 20)
    assert document.mark(("d",)) == (6, 4)


def test_what_is_not_in_the_text_has_the_place_of_what_holds_it():
    document = load("a: {b: 1}\n")

    assert document.mark(("a", "c", "d")) == (1, 4)
    assert document.mark(("x",)) == (1, 1)


def test_columns_count_characters_not_bytes():
    document = load("größe: 漢字\n😀: {é: x}\n")

    assert document.mark(("größe",)) == (1, 8)
    assert document.mark(("😀", "é")) == (2, 8)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(newline):
    text = newline.join(["region: us-east-1", "components:", "  a: {type: nothing}", ""])
    with pytest.raises(SpecError) as raised:
        parse(text)

    assert [(f.rule, f.line, f.column) for f in raised.value.findings] == [("unknown_type", 3, 13)]


def test_a_byte_order_mark_is_no_text():
    text = decode("\ufeffregion: us-east-1".encode())

    assert load(text).value == {"region": "us-east-1"}
    assert load("\ufeffregion: us-east-1").value == {"region": "us-east-1"}
    assert load("\ufeffa: 1").mark(("a",), key=True) == (1, 1)


def test_a_text_at_the_size_limit_is_read():
    assert len(decode(b"#" * MAX_BYTES)) == MAX_BYTES


@pytest.mark.parametrize("levels", [30, 31])
def test_32_levels_are_enough_for_anyone(levels):
    assert load("a: " + "[" * levels + "]" * levels).value is not None


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: [1, *b]", [("alias", 1, 8)]),
        ("*a : 1", [("alias", 1, 1)]),
        ("? [a]\n: 1\n? [a]\n: 2", [("key_not_text", 1, 3), ("key_not_text", 3, 3)]),
        ("a: 1\na: 2\n[", [("duplicate_key", 2, 1), ("yaml_syntax", 3, 1)]),
        ("a: !x *b", [("tag", 1, 4), ("yaml_syntax", 1, 7)]),
        ("a: " + "[" * 40, [("nesting_too_deep", 1, 36)]),
        ("a: 'b", [("yaml_syntax", 1, 4)]),
        ("a: {b: 1\n", [("yaml_syntax", 1, 4)]),
        ("a\nb: 1", [("yaml_syntax", 2, 2)]),
        ("- a\nb", [("yaml_syntax", 2, 1)]),
        ("a:\n\t b: 1", [("yaml_syntax", 2, 1)]),
        ("a: \ud800", [("not_text", 1, 4)]),
        ("a: b\n\x1b", [("not_text", 2, 1)]),
    ],
)
def test_what_hides_the_values_ends_the_reading(text, problems):
    assert _problems(text) == problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3", [("duplicate_key", 3, 1)]),
        ("a: {b: 1, b: 2}", [("duplicate_key", 1, 11)]),
        ("a: !!int 1", [("tag", 1, 4)]),
        ("!!str a: 1", [("tag", 1, 1)]),
        ("a: &x 1", []),
        ("a: 1\n---\nb: 2", [("second_document", 2, 1)]),
        ('a: "\\u0007"', [("control_character", 1, 4)]),
        ('a: 1\n"\\u0007": 1', [("control_character", 2, 1)]),
        ("%YAML 1.2\n---\na: 1\n...\n", []),
        ("a: {b: 1}\na: {b: 2}\na: {b: 3}", [("duplicate_key", 2, 1), ("duplicate_key", 3, 1)]),
    ],
)
def test_other_problems_are_noted_on_the_way(text, problems):
    document = load(text)

    assert [(f.rule, f.line, f.column) for f in document.problems] == problems
    assert document.value["a"] is not None


def test_the_first_of_two_values_counts():
    assert load("a: 1\na: 2").value == {"a": 1}


@given(st.dictionaries(st.text("abc", min_size=1), st.one_of(st.integers(), st.booleans())))
def test_a_mapping_keeps_its_order(values):
    text = "".join(f'"{key}": {str(value).lower()}\n' for key, value in values.items()) or "{}"

    assert load(text).value == values
    assert [*load(text).value] == [*values]
