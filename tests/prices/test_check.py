"""Each check of a price file finds its defect, at its line and column, and only that one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from support import PRICES

from archcode.pricebook import COLUMNS, PriceBook
from archcode.prices import coverage
from archcode.prices.check import Days, check
from archcode.prices.places import PLACES, nearest
from archcode.regions import PRICED, REGIONS

DAYS = Days("2026-06-30", "2025-06-30")
HEAD = ",".join(COLUMNS)
FIRST = "AAAAAAAAAAAAAAAA.BBBBBBBBBB.CCCCCCCCCC"
SOURCE = "https://example.com/list.json"
ROWS = (
    f"eu-west-1,requests,request,0,1000,0.5,{FIRST},{SOURCE},2026-01-31,high",
    f"eu-west-1,requests,request,1000,Inf,0.4,{FIRST[:-1]}D,{SOURCE},2026-01-31,high",
    f'eu-west-1,storage,GB,0,Inf,0.1,,"{SOURCE}[""GB, stored""]",2026-01-31,medium',
    f"global,free_requests,request,0,100,0,{FIRST[:-1]}E,{SOURCE},2026-01-31,low",
)
"""A sound file of four rows on lines 2 to 5."""


def text(rows=ROWS) -> str:
    return "".join(f"{line}\n" for line in (HEAD, *rows))


def changed(line: int, column: str, value: str) -> tuple[str, ...]:
    """The rows with one cell changed."""
    rows = [next(csv.reader([row])) for row in ROWS]
    rows[line - 2][COLUMNS.index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return tuple(out.getvalue().splitlines())


def found(rows) -> list[str]:
    return [f"{f.line}:{f.column} {f.severity} {f.rule}" for f in check(text(rows), DAYS)]


OF_LINES = ("control_character", "wrong_columns")
"""Of rows whose cells cannot be told or shown."""


def test_a_sound_file_has_no_findings():
    assert check(text(), DAYS) == ()


@pytest.mark.parametrize(
    ("line", "column", "value", "rules"),
    [
        (4, "unit", "GB\x1b[31m", ["control_character"]),
        (4, "unit", "\u202eBG", ["control_character"]),
        (4, "unit", "G" * 200_000, ["wrong_columns"]),  # more than a cell may have
        (2, "usd", "0." + "1" * 20, []),
        (2, "usd", "0." + "1" * 21, ["price_not_exact"]),
        (2, "region", "eu-west-9", ["unknown_region", "tier_gap", "tier_gap", "unsorted_row"]),
        (4, "region", "mars-1", ["unknown_region", "unsorted_row"]),
        (4, "meter", "Storage GB", ["bad_meter", "unsorted_row"]),
        (4, "unit", " ", ["missing_unit"]),
        (3, "unit", "call", ["unit_changes"]),
        (2, "tier_from", "1", ["tier_gap"]),
        (2, "tier_from", "x", ["bad_tier_bound"]),
        (2, "tier_to", "1e3", ["bad_tier_bound"]),
        (2, "tier_to", "-5", ["bad_tier_bound"]),
        (2, "tier_to", "1001", ["tier_overlap"]),
        (2, "tier_to", "999", ["tier_gap"]),
        (2, "tier_to", "Inf", ["tier_overlap"]),
        (3, "tier_to", "2000", ["tier_gap"]),
        (3, "tier_to", "1000", ["empty_tier", "tier_gap"]),
        (3, "tier_from", "0", ["duplicate_row", "tier_overlap"]),
        (5, "tier_to", "Inf", ["free_tier_without_end"]),
        (2, "usd", "-0.5", ["negative_price"]),
        (2, "usd", "5e-1", ["price_not_exact"]),
        (2, "usd", "0,5", ["price_not_exact"]),
        (2, "usd", "", ["price_not_exact"]),
        (2, "usd", "NaN", ["price_not_exact"]),
        (2, "rate_code", "AAAA.BBBB.CCCC", ["bad_rate_code"]),
        (2, "rate_code", "one_of[AAAAAAAAAAAAAAAA]", ["bad_rate_code"]),
        (3, "rate_code", FIRST, ["duplicate_rate_code"]),
        (2, "rate_code", "", ["row_without_source"]),
        (2, "source", " ", ["row_without_source"]),
        (4, "source", "https://example.com/list.json", ["row_without_source"]),
        (2, "source_date", "31.01.2026", ["bad_date"]),
        (2, "source_date", "2026-13-01", ["bad_date"]),
        (2, "source_date", "2026-07-01", ["date_in_future"]),
        (2, "source_date", "2025-06-29", ["old_price"]),
        (2, "confidence", "certain", ["unknown_confidence"]),
    ],
)
def test_a_defect_is_found_by_its_name(line, column, value, rules):
    problems = check(text(changed(line, column, value)), DAYS)

    assert sorted(problem.rule for problem in problems) == sorted(rules)
    assert all(problem.message for problem in problems)
    assert all(problem.where for problem in problems if problem.rule not in OF_LINES)


@pytest.mark.parametrize(
    ("line", "column", "value", "place"),
    [
        (2, "region", "eu-west-9", "2:1 error unknown_region"),
        (2, "usd", "x", "2:35 error price_not_exact"),
        (2, "confidence", "x", "2:119 error unknown_confidence"),
        (4, "confidence", "x", "4:92 error unknown_confidence"),  # behind a cell in quotes
        (3, "tier_to", "2000", "3:33 error tier_gap"),
    ],
)
def test_a_defect_is_found_at_its_cell(line, column, value, place):
    rows = changed(line, column, value)
    cell = int(place.split()[0].split(":")[1])

    assert place in found(rows)
    assert rows[line - 2][cell - 1 :].lstrip('"').startswith(value)


def test_a_region_in_quotes_is_none_as_no_estimate_would_find_it():
    rows = (*ROWS[:3], ROWS[3].replace("global", '"global"'))

    assert "5:1 error unknown_region" in found(rows)


def test_days_at_the_edge_are_neither_old_nor_in_the_future():
    assert check(text(changed(2, "source_date", DAYS.today)), DAYS) == ()
    assert check(text(changed(2, "source_date", DAYS.oldest)), DAYS) == ()


def test_old_rows_are_one_warning_at_the_oldest():
    rows = tuple(row.replace("2026-01-31", f"2024-0{n}-01") for n, row in enumerate(ROWS, 2))
    (old,) = check(text(rows), DAYS)

    assert (old.line, str(old.severity), old.rule) == (2, "warning", "old_price")
    assert old.message == ("4 of 4 rows are from before 2025-06-30, this one of 2024-02-01")


def test_rows_out_of_order_and_twice_are_found():
    assert found((ROWS[2], *ROWS[:2], ROWS[3])) == ["3:1 error unsorted_row"]
    assert "3:29 error duplicate_row" not in found(ROWS)
    assert [f.split()[-1] for f in found((ROWS[0], *ROWS))] == [
        "duplicate_row", "tier_overlap", "duplicate_rate_code",
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["", "region,meter", HEAD.replace("usd", "eur")])
def test_a_file_with_other_columns_is_read_no_further(head):
    (problem,) = check(f"{head}\n{ROWS[0]}\n", DAYS)

    assert (problem.rule, problem.line) == ("wrong_columns", 1)


def test_a_row_of_too_few_columns_is_found():
    assert found((*ROWS[:3], "global,free", ROWS[3])) == ["5:1 error wrong_columns"]
    assert check("", DAYS)[0].rule == "wrong_columns"


@pytest.mark.parametrize("name", ["sqs", "lambda", "cloudwatch"])
def test_every_row_of_a_bundled_file_matters(name):
    """Without any one of a meter's tiers the file is unsound or lacks a price."""
    lines = PRICES._text(name).splitlines()  # noqa: SLF001 - the raw file
    tiered = [n for n, line in enumerate(lines) if ",0,Inf," not in line and n][:20]

    assert tiered
    for number in tiered:
        broken = "\n".join(lines[:number] + lines[number + 1 :])
        rules = {finding.rule for finding in check(broken, Days("2027-01-01", "2020-01-01"))}
        assert rules <= {"tier_gap"}
        assert rules or "global" in lines[number]


def without(region: str, meter: str, name: str) -> PriceBook:
    """The bundled book without the rows of a meter in a region."""

    def read(file: str) -> str:
        lines = PRICES._text(file).splitlines()  # noqa: SLF001 - the raw file
        kept = [line for line in lines if not line.startswith(f"{region},{meter},")]
        return "\n".join(kept if file == name else lines)

    return PriceBook(read)


def test_a_price_that_is_gone_is_missed():
    book = without("eu-west-1", "standard_requests", "sqs")
    ((file, finding),) = coverage.findings(book, ["sqs", "kinesis"])

    assert file == "sqs"
    assert finding.rule == "price_missing"
    assert finding.where == "standard_requests"
    assert finding.message == "has no price in eu-west-1, and no reason is stated"


def test_a_price_that_may_be_missing_is_not_missed():
    book = without("eu-west-1", "broker_kafka_m5_large", "msk")

    assert [*coverage.findings(book, ["msk"])] == []
    assert coverage.reason("msk", "broker_kafka_m5_large", "eu-west-1")


def test_regions_of_other_partitions_have_their_own_reason():
    assert "partition" in coverage.reason("sqs", "standard_requests", "cn-north-1")
    assert coverage.reason("sqs", "standard_requests", "eu-west-1") == ""


def test_every_region_has_a_place():
    assert sorted(PLACES) == sorted(REGIONS)


@pytest.mark.parametrize(
    ("region", "near"),
    [
        ("ap-southeast-6", "ap-southeast-2"),
        ("eu-central-2", "eu-south-1"),
        ("cn-north-1", "ap-northeast-2"),
        ("us-gov-east-1", "us-gov-west-1"),
        ("us-west-1", "us-west-2"),
        ("eusc-de-east-1", "eu-central-1"),
    ],
)
def test_the_nearest_region_is_near(region, near):
    assert nearest(region, PRICED) == near
    assert nearest(region, [region]) == ""


def test_the_bundled_book_passes_its_own_command(archcode):
    ended = archcode("prices", "verify", "--max-age", "36500")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith(" price files\n")
    assert ": no findings in " in ended.out


def test_verify_names_file_line_and_column_and_ends_with_1(archcode):
    Path("book").mkdir()
    Path("book/sqs.csv").write_text(text(changed(2, "usd", "-1")))
    ended = archcode("prices", "verify", "book", "--max-age", "36500")

    assert ended.code == 1
    assert ended.err == (
        "book/sqs.csv:2:35: error: requests in eu-west-1 usd is -1, below 0 [negative_price]\n"
    )
    assert ended.out == "book: 1 error in 4 rows of 1 price file\n"


def test_verify_warns_of_age_without_failing(archcode):
    Path("book").mkdir()
    Path("book/kms.csv").write_text(PRICES._text("kms"))  # noqa: SLF001 - the raw file
    ended = archcode("prices", "verify", "book", "--max-age", "0")

    assert ended.code == 0
    assert "warning: " in ended.err
    assert "[old_price]" in ended.err
    assert ended.out == "book: 1 warning in 73 rows of 1 price file\n"


def test_verify_misses_prices_of_a_book(archcode):
    Path("book").mkdir()
    Path("book/sqs.csv").write_text(text())
    ended = archcode("prices", "verify", "book", "--max-age", "36500")

    assert ended.code == 1
    assert "standard_requests has no price in any region, and no reason is stated" in ended.err


def test_verify_needs_a_book(archcode):
    ended = archcode("prices", "verify", "nothing")

    assert (ended.code, ended.out) == (2, "")
