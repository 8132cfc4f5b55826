"""Quantities: what is read, what is refused, and in which words."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archcode import units

READ = [
    (units.rate, "350/s", 350),
    (units.rate, "350 / sec", 350),
    (units.rate, "20k/min", Fraction(20_000, 60)),
    (units.rate, "3600/h", 1),
    (units.rate, "1/hour", Fraction(1, 3600)),
    (units.rate, "5M/day", Fraction(5_000_000, 86_400)),
    (units.rate, "1B/d", Fraction(10**9, 86_400)),
    (units.rate, "2G/month", Fraction(2 * 10**9, 730 * 3600)),
    (units.rate, "+0.5/s", Fraction(1, 2)),
    (units.rate, "0/s", 0),
    (units.rate, "1_000_000/s", 10**6),
    (units.seconds, "250 ms", Fraction(1, 4)),
    (units.seconds, "1us", Fraction(1, 10**6)),
    (units.seconds, "30 s", 30),
    (units.seconds, "1.5 min", 90),
    (units.seconds, "4 h", 14_400),
    (units.seconds, "7 d", 604_800),
    (units.seconds, "2 days", 172_800),
    (units.size, "500 B", 500),
    (units.size, "2 KB", 2048),
    (units.size, "2 KiB", 2048),
    (units.size, "1 MB", 1024**2),
    (units.size, "3 GB", 3 * 1024**3),
    (units.size, "1 TiB", 1024**4),
    (units.size, "0.5 KB", 512),
    (units.share, "40%", Fraction(2, 5)),
    (units.share, "0.1 %", Fraction(1, 1000)),
    (units.share, "0%", 0),
    (units.share, "100%", 1),
    (units.count, "10", 10),
    (units.count, 10, 10),
    (units.count, Decimal("0.25"), Fraction(1, 4)),
    (units.count, "2_000_000", 2 * 10**6),
    (units.count, "5k", 5000),
    (units.count, "5 K", 5000),
    (units.count, "2M", 2 * 10**6),
    (units.count, 10**18, 10**18),
]


@pytest.mark.parametrize(("reader", "text", "value"), READ)
def test_reads(reader, text, value):
    assert reader(text) == value
    assert isinstance(reader(text), Fraction)


RATES, TIMES = "350/s, 20k/min, 5M/day", "250 ms, 30 s, 6 min, 4 h, 7 d"
SIZES, SHARES = "500 B, 2 KB, 1 MB, 3 GB", "40%, 0.1%"
REFUSED = [
    (
        units.rate,
        "350",
        "missing_unit",
        f'is "350", a rate without a unit; write it like {RATES}',
        "",
    ),
    (units.rate, 350, "missing_unit", f"is 350, a rate without a unit; write it like {RATES}", ""),
    (
        units.rate,
        "5k",
        "missing_unit",
        f'is "5k", a rate without a unit; write it like {RATES}',
        "",
    ),
    (
        units.rate,
        "350/sek",
        "unknown_unit",
        f'is "350/sek", and "/sek" is no unit of a rate; write it like {RATES}',
        "did you mean /sec?",
    ),
    (
        units.rate,
        "5 messages/s",
        "unknown_unit",
        f'is "5 messages/s", and "messages/s" is no unit of a rate; write it like {RATES}',
        "did you mean /s?",
    ),
    (
        units.rate,
        "2 KB",
        "unknown_unit",
        f'is "2 KB", and "KB" is no unit of a rate; write it like {RATES}',
        "",
    ),
    (units.rate, "-1/s", "negative_quantity", 'is "-1/s", below 0', ""),
    (units.rate, "fast", "wrong_type", f'is "fast", not a rate such as {RATES}', ""),
    (units.rate, True, "wrong_type", f"is true, not a rate such as {RATES}", ""),
    (units.rate, None, "wrong_type", f"is empty, not a rate such as {RATES}", ""),
    (units.rate, ["1/s"], "wrong_type", f"is a list, not a rate such as {RATES}", ""),
    (units.rate, {}, "wrong_type", f"is a mapping, not a rate such as {RATES}", ""),
    (units.rate, "2000000000G/s", "out_of_range", 'is "2000000000G/s", above 10^18', ""),
    (
        units.seconds,
        "6 minutes",
        "unknown_unit",
        f'is "6 minutes", and "minutes" is no unit of a duration; write it like {TIMES}',
        "did you mean min?",
    ),
    (
        units.seconds,
        30,
        "missing_unit",
        f"is 30, a duration without a unit; write it like {TIMES}",
        "",
    ),
    (
        units.seconds,
        "5 MS",
        "unknown_unit",
        f'is "5 MS", and "MS" is no unit of a duration; write it like {TIMES}',
        "did you mean ms?",
    ),
    (
        units.size,
        "2 kb",
        "unknown_unit",
        f'is "2 kb", and "kb" is no unit of a size; write it like {SIZES}',
        "did you mean KB?",
    ),
    (
        units.size,
        "350/s",
        "unknown_unit",
        f'is "350/s", and "/s" is no unit of a size; write it like {SIZES}',
        "",
    ),
    (units.share, "140%", "out_of_range", 'is "140%", above 100%', ""),
    (units.share, "100.0001%", "out_of_range", 'is "100.0001%", above 100%', ""),
    (
        units.share,
        Decimal("0.4"),
        "missing_unit",
        f"is 0.4, a share without a unit; write it like {SHARES}",
        "",
    ),
    (units.count, -1, "negative_quantity", "is -1, below 0", ""),
    (units.count, 10**18 + 1, "out_of_range", "is 1000000000000000001, above 10^18", ""),
    (units.count, Decimal("1e9999"), "out_of_range", "is 1.000e+9999, above 10^18", ""),
    (
        units.count,
        Decimal("1e-9999"),
        "out_of_range",
        "is 1.000e-9999, of more than 60 digits",
        "",
    ),
    (units.count, "9" * 61, "out_of_range", f'is "{"9" * 60}…", of more than 60 digits', ""),
    (
        units.count,
        "5 pieces",
        "unknown_unit",
        'is "5 pieces", and "pieces" is no unit of a count; write it like 10, 2_000_000, 5k, 2M',
        "",
    ),
]


@pytest.mark.parametrize(("reader", "value", "rule", "message", "hint"), REFUSED)
def test_refuses(reader, value, rule, message, hint):
    with pytest.raises(units.QuantityError) as raised:
        reader(value)

    assert (raised.value.rule, str(raised.value), raised.value.hint) == (rule, message, hint)


NUMBERS = st.decimals(0, 10**5, places=6, allow_nan=False)  # in TB or M/s still below 10^18


@given(NUMBERS, st.sampled_from([*units.RATE_UNITS]), st.sampled_from(["", "k", "M"]))
def test_a_rate_is_its_number_times_its_multiple_by_its_unit(number, unit, multiple):
    expected = Fraction(number) * units.MULTIPLES[multiple] / units.RATE_UNITS[unit]

    assert units.rate(f"{number:f}{multiple}/{unit}") == expected


@given(NUMBERS, st.sampled_from([*units.TIME_UNITS]))
def test_a_duration_is_its_number_times_its_unit(number, unit):
    assert units.seconds(f"{number:f} {unit}") == Fraction(number) * units.TIME_UNITS[unit]


@given(NUMBERS, st.sampled_from([*units.SIZE_UNITS]))
def test_a_size_is_its_number_times_its_unit(number, unit):
    assert units.size(f"{number:f}{unit}") == Fraction(number) * units.SIZE_UNITS[unit]


PATTERNS = {
    units.rate: units.RATE_PATTERN,
    units.seconds: units.TIME_PATTERN,
    units.size: units.SIZE_PATTERN,
    units.share: units.SHARE_PATTERN,
    units.count: units.COUNT_PATTERN,
}
SNIPPETS = ["0", "1", "35", "100", "101", ".", ".0", ".5", "_", " ", "+", "k", "M", "/", "s", "min"]


@given(
    st.sampled_from([*PATTERNS]),
    st.lists(st.sampled_from([*SNIPPETS, "h", "d", "day", "KB", "B", "ms", "%", "x"]), max_size=6),
)
def test_the_pattern_of_the_schema_accepts_what_is_read_and_nothing_else(reader, parts):
    text = "".join(parts)
    try:
        reader(text)
        read = True
    except units.QuantityError as error:
        assume(error.rule != "out_of_range")  # a pattern has no bounds
        read = False

    assert bool(re.search(PATTERNS[reader], text)) is read


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    for reader in PATTERNS:
        try:
            value = reader(text)
        except units.QuantityError:
            continue

        assert 0 <= value <= units.LARGEST


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a", '"a"'),
        ("a\nb\x1b", '"a·b·"'),
        ("x" * 60, f'"{"x" * 60}"'),
        ("x" * 61, f'"{"x" * 60}…"'),
        (True, "true"),
        (None, "empty"),
        (2**80, "1208925819614629174706176"),
        (Decimal("1.50"), "1.5"),
        (10**70, f"1{'0' * 59}…"),
        ({}, "a mapping"),
        ((), "a list"),
    ],
)
def test_quotes_what_was_written(value, shown):
    assert units.quoted(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2**80, "1208925819614629174706176"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0E-7"), "0"),
        (Decimal("1.500"), "1.5"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(10**30), f"1{'0' * 30}"),
    ],
)
def test_plain_numbers_have_no_exponent(value, shown):
    assert units.plain(value) == shown


@given(st.lists(st.decimals(-1000, 1000, places=6), max_size=20))
def test_cents_add_up_to_the_rounded_sum(values):
    shown = units.cents(values)
    exact = sum(values, Decimal(0))

    assert abs(sum(shown, Decimal(0)) - exact) <= Decimal("0.005")
    assert all(abs(a - b) < Decimal("0.02") for a, b in zip(shown, values, strict=True))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0 B"), (1023, "1,023 B"), (1024, "1 KB"), (1536, "1.5 KB"), (1024**3, "1 GB")],
)
def test_sizes_are_told_in_the_largest_unit(value, shown):
    assert units.bytes_text(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (90, "90 s"),
        (150, "2.5 min"),
        (91, "91 s"),
        (3600, "1 h"),
        (90_000, "25 h"),  # 1.0416... d
        (345_600, "4 d"),
        (Fraction(100_000, 3), "9.26 h"),  # exact in no unit, so about
        (Fraction(1, 2), "500 ms"),
        (3601, "3,601 s"),
        (86_400, "24 h"),
    ],
)
def test_times_are_told_in_the_largest_unit_that_is_exact(value, shown):
    assert units.time_text(value) == shown


@given(st.fractions(0, 10**9))
def test_the_ceiling_is_the_next_whole_number(value):
    assert units.ceil(value) - 1 < value <= units.ceil(value)
