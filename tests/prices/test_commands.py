"""`prices show`, `regions` and `diff`: what they print, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from support import PRICES

from archcode.metering import price_files, price_of
from archcode.regions import PRICED
from archcode.services import find, known_types

ROOT = Path(__file__).parents[2]
PRICED_TYPES = [kind for kind in known_types() if find(kind).price_file]


@pytest.fixture
def book(tmp_path):
    """A copy of the bundled price book."""
    shutil.copytree(ROOT / "pricing", tmp_path / "old")
    return tmp_path / "old"


def shown(archcode, *arguments):
    ended = archcode("prices", *arguments, "--format", "json")
    assert ended.code == 0
    return json.loads(ended.out)


@pytest.mark.parametrize("kind", PRICED_TYPES)
@pytest.mark.parametrize("region", ["us-east-1", "ap-southeast-6", "cn-north-1"])
def test_every_meter_of_a_type_has_a_price_or_a_reason(kind, region, archcode):
    found = shown(archcode, "show", kind, "--region", region)
    service = find(kind)
    known = {(row["price_file"], row["meter"]) for row in found["prices"]}
    unknown = {(row["price_file"], row["meter"]) for row in found["unknown"]}
    asked = {price_of(service, meter) for meter in service.meters}

    assert asked <= known | unknown
    assert not known & unknown
    assert all(row["reason"] for row in found["unknown"])
    free = {tier.meter for tier in service.free_tiers if region != "cn-north-1"}
    assert {row["meter"] for row in found["prices"] if row["region_id"] == "global"} == free


def test_show_has_the_rows_of_the_book(archcode):
    rows = shown(archcode, "show", "sqs.queue", "--region", "eu-central-1")["prices"]
    first, second, third = PRICES.find("sqs", "standard_requests", "eu-central-1")

    assert [r["usd"] for r in rows[:3]] == ["0.0000004", "0.00000036", "0.00000032"]
    assert [r["tier_to"] for r in rows[:3]] == ["100000000000", "200000000000", None]
    assert [r["rate_code"] for r in rows[:3]] == [t.rate_code for t in (first, second, third)]


def test_an_unknown_price_comes_with_its_reason_and_the_nearest_region(archcode):
    found = shown(archcode, "show", "sns.topic", "--region", "ca-west-1")

    assert found["unknown"] == [
        {
            "price_file": "sns",
            "meter": "mobile_push_fcm_gcm",
            "reason": "FIFO topics and mobile push are not offered in every region",
            "nearest_region": "us-west-2",
        },
        {
            "price_file": "sns",
            "meter": "sms",
            "reason": "the price depends on the country and the carrier",
            "nearest_region": "",
        },
    ]
    text = archcode("prices", "show", "sns.topic", "--region", "ca-west-1").out
    assert "\n\nUnknown in ca-west-1\nPRICE FILE  METER " in text


def test_show_as_csv_has_known_and_unknown_rows(archcode):
    text = archcode("prices", "show", "sns.topic", "--region", "ca-west-1", "-f", "csv").out
    rows = [*csv.DictReader(io.StringIO(text))]

    assert {row["meter"] for row in rows if not row["usd"]} == {"mobile_push_fcm_gcm", "sms"}
    assert all(bool(row["usd"]) is not bool(row["reason"]) for row in rows)
    assert all(row["source"] for row in rows if row["usd"])


@pytest.mark.parametrize("name", sorted(price_files()))
def test_a_price_file_is_shown_by_its_name(name, archcode):
    rows = shown(archcode, "show", name)["prices"]

    assert {row["price_file"] for row in rows} == {name}
    assert {row["meter"] for row in rows} >= set(PRICES.prices(name, "us-east-1"))


def test_show_reads_another_book(archcode, book):
    (book / "sqs.csv").unlink()
    found = shown(archcode, "show", "sqs.queue", "--prices", book)

    assert {row["price_file"] for row in found["prices"]} == {"kms"}
    assert {row["reason"] for row in found["unknown"]} == {"the price book has no row for it"}


def test_regions_count_what_is_priced(archcode):
    found = shown(archcode, "regions")
    covers = {(c["region_id"], c["price_file"]): c for c in found["covers"]}

    assert len(covers) == len(PRICED) * len(price_files())
    for cover in covers.values():
        assert cover["priced"] + len(cover["missing"]) == cover["meters"]
        assert not set(cover["missing"]) & set(
            PRICES.prices(cover["price_file"], cover["region_id"])
        )
    assert covers["ap-southeast-6", "msk"]["priced"] == 0
    assert covers["us-east-1", "sqs"]["missing"] == []
    assert found["sold"]["msk.cluster"] == [r for r in PRICED if r != "ap-southeast-6"]
    assert set(found["sold"]) >= {"sqs.queue", "lambda.function"}


def test_regions_of_a_type_name_what_is_missing(archcode):
    lines = archcode("prices", "regions", "msk.cluster").out.splitlines()
    row = next(line for line in lines if line.startswith("ap-southeast-6"))

    assert "msk: all" in row
    assert lines[-1].split() == ["msk.cluster", "35", "ap-southeast-6"]
    assert len(lines) == 1 + len(PRICED) + 3


def test_regions_as_csv_and_of_a_price_file(archcode):
    rows = [*csv.DictReader(io.StringIO(archcode("prices", "regions", "sqs", "-f", "csv").out))]

    assert [row["region_id"] for row in rows] == [*PRICED]
    assert {row["priced"] for row in rows} == {"3"}


@pytest.mark.parametrize("command", ["show", "regions"])
def test_what_is_outside_aws_has_no_price(command, archcode):
    ended = archcode("prices", command, "client")

    assert ended.out == "client has no price list: it is outside AWS\n"


@pytest.mark.parametrize("kind", ["client", "broker"])
def test_what_has_no_price_list_is_an_empty_table_for_programs(kind, archcode):
    assert shown(archcode, "show", kind)["prices"] == []
    assert shown(archcode, "regions", kind) == {"covers": [], "sold": {kind: []}}
    assert archcode("prices", "show", kind, "-f", "csv").out.count("\n") == 1
    assert archcode("prices", "regions", kind, "-f", "csv").out.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["show", "sqs.que"], ["regions", "sqs.que"], ["diff", "us-east-1", "eu-west-1",
    "--service", "sqs.que"]],
)  # fmt: skip
def test_an_unknown_type_is_wrong_usage_with_the_nearest(arguments, archcode):
    ended = archcode("prices", *arguments)

    assert ended.code == 2
    assert ended.err == (
        'archcode: "sqs.que" is no known type and no price file; did you mean sqs.queue?\n'
    )


def test_diff_of_two_regions_is_worked_out(archcode):
    found = shown(archcode, "diff", "us-east-1", "eu-central-1", "--service", "sqs.queue")
    change = next(
        c
        for c in found["changes"]
        if (c["meter"], c["tier_from"]) == ("standard_requests", "100000000000")
    )

    # https://aws.amazon.com/sqs/pricing/: $0.30 and $0.36 per million: +20%
    assert (change["old_usd"], change["new_usd"]) == ("0.0000003", "0.00000036")
    assert (change["percent"], change["kind"]) == ("20", "changed")
    assert change["regions"] == ["us-east-1 → eu-central-1"]
    assert found["counts"] == {"unchanged": 4, "changed": 4}


def test_diff_of_a_region_with_itself_finds_nothing(archcode):
    found = shown(archcode, "diff", "us-east-1", "us-east-1")

    assert found["changes"] == []
    assert set(found["counts"]) == {"unchanged"}


def test_diff_shows_what_one_region_lacks(archcode):
    found = shown(archcode, "diff", "us-east-1", "ap-southeast-6", "--service", "msk.cluster")

    assert found["counts"] == {"dropped": len(found["changes"])}
    text = archcode("prices", "diff", "us-east-1", "ap-southeast-6", "--service", "msk").out
    assert text.splitlines()[0].split()[-1] == "CHANGE"
    assert text.splitlines()[1].split()[-1] == "dropped"


def test_diff_of_two_books_groups_regions(archcode, book, tmp_path):
    new = tmp_path / "new"
    shutil.copytree(book, new)
    text = (new / "sqs.csv").read_text("utf-8")
    cheap = ",0,Inf,0.0000001,"
    (new / "sqs.csv").write_text(text.replace(cheap, ",0,Inf,0.00000011,"), "utf-8")
    (new / "kms.csv").unlink()
    number = text.count(f"fair_queue_requests_surcharge,request_64kb_chunk{cheap}")
    assert number > 3
    found = shown(archcode, "diff", book, new, "--service", "sqs")

    (change,) = found["changes"]
    assert Decimal(change["percent"]) == 10
    assert len(change["regions"]) == number
    assert shown(archcode, "diff", book, new)["counts"]["dropped"] == 73
    files = shown(archcode, "diff", book / "sqs.csv", new / "sqs.csv")
    assert files["changes"] == found["changes"]
    table = archcode("prices", "diff", book, new, "--service", "sqs").out.splitlines()
    assert table[1].split()[-3:] == ["+10%", str(number), "regions"]
    rows = archcode("prices", "diff", book, new, "--service", "sqs", "-f", "csv").out.splitlines()
    assert rows[1].startswith(
        "sqs,fair_queue_requests_surcharge,0,,0.0000001,0.00000011,10,changed"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("us-east-1", "old", "us-east-1 is a region and old a price book; both must be the same"),
        ("old", "us-east-1", "old is a price book and us-east-1 a region; both must be the same"),
        ("us-east-l", "us-east-1", '"us-east-l" is no AWS region, and no folder or file; did you'),
        ("us-east-1", "b/c", "b/c: no such file"),
        ("us-east-1", "c.csv", "c.csv: no such file"),
        ("old", "old/sqs.csv", "old and old/sqs.csv: a folder and a file; both must be the same"),
        ("old", "empty", "empty: no price file in this folder"),
        ("old/sqs.csv", "a.yaml", "a.yaml:1: the columns are not those of prices"),
        ("old/sqs.csv", "bad.csv", "bad.csv:1: the columns are not those of prices"),
    ],
)
def test_diff_needs_two_of_a_kind(old, new, said, archcode, book, tmp_path):  # noqa: ARG001
    Path("empty").mkdir()
    Path("a.yaml").write_text("title: no\n")
    Path("bad.csv").write_text("region,meter\n")
    ended = archcode("prices", "diff", old, new)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"archcode: {said}")


@pytest.mark.parametrize("side", ["", "/sqs.csv"])
def test_diff_names_the_book_that_has_a_bad_row(side, archcode, book):
    shutil.copytree(book, "new")
    path = Path("new/sqs.csv")
    path.write_text(path.read_text("utf-8").replace(",high\n", "\n", 1), "utf-8")
    ended = archcode("prices", "diff", f"{book}{side}", f"new{side}")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "archcode: new/sqs.csv:2: has 9 columns, not 10\n"


def test_a_folder_named_like_a_region_needs_its_path(archcode, book):
    book.rename("us-east-1")
    shutil.copytree("us-east-1", "eu-west-1")

    assert shown(archcode, "diff", "./us-east-1", "./eu-west-1")["changes"] == []
    assert shown(archcode, "diff", "us-east-1", "eu-west-1")["changes"] != []
