"""`archcode sweep`: what it prints and writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from lines import QUEUE, swept

from archcode.render import sweep_csv, sweep_json

PAIR = ("--options", "SQS standard,Kinesis provisioned")
ORDERS = ("sweep", "queue.yaml", "--channel", "orders", "--no-free-tier")
TO_HUNDRED = ("--from", "1/s", "--to", "100/s")


@pytest.fixture(autouse=True)
def _specs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("queue.yaml").write_text(QUEUE)
    other = "alternatives: {arm: {components: {worker: {architectures: [arm64]}}}}\n"
    Path("other.yaml").write_text(QUEUE + other)


def table(text, title):
    """The lines of a table, cell by cell."""
    lines = text.split(f"{title}\n")[1].split("\n\n")[0].splitlines()
    return [re.split(r" {2,}", line.strip()) for line in lines]


def test_tells_the_break_even_point_and_what_costs_least_where(archcode):
    ended = archcode(*ORDERS, *TO_HUNDRED, *PAIR)

    assert ended.code == 0
    # x = 10.95 / 1.224648, as tests/sweep/test_break_even_points.py works out. SQS is 1.26144 x
    # and the worker, 262,800 x calls at $0.20 a million and 0.1 GB-s at $0.0000166667, 0.49056 x.
    # At 100/s: 10.95 + 3.6792 + 49.056.
    assert table(ended.out, "Break-even points")[1] == [
        "8.9413/s", "SQS standard", "Kinesis provisioned", "crossing", "$15.67", "$15.67",
    ]  # fmt: skip
    assert table(ended.out, "Cheapest")[1:] == [
        ["1/s", "8.9413/s", "SQS standard", "$1.91", "$15.67"],
        ["8.9413/s", "100/s", "Kinesis provisioned", "$15.67", "$63.69"],
    ]
    assert ended.out.endswith(
        "SQS standard costs least up to 8.9413/s; Kinesis provisioned costs least from 8.9413/s"
        " on.\n"
    )


def test_marks_today_among_the_columns(archcode):
    ended = archcode(*ORDERS, *TO_HUNDRED, *PAIR)
    head, first, *_ = table(ended.out, "Monthly cost")

    assert "today 10/s" in head
    assert first[0] == "SQS standard (today)"


def test_multiples_are_of_today(archcode):
    plain = archcode(*ORDERS, *TO_HUNDRED, *PAIR, "--format", "json")
    times = archcode(*ORDERS, "--from", "x0.1", "--to", "x10", *PAIR, "--format", "json")
    (one,), (other,) = (json.loads(e.out)["break_evens"] for e in (plain, times))

    assert Fraction(one["x"]) == 10 * Fraction(other["x"])
    assert one["from_list_cost"]["at"] == other["from_list_cost"]["at"]


def test_json_reads_back(archcode):
    ended = archcode(*ORDERS, *TO_HUNDRED, *PAIR, "--format", "json")
    found = json.loads(ended.out)
    made = swept(options=PAIR[1])

    assert found == json.loads(sweep_json.render(made))
    assert Fraction(found["break_evens"][0]["x"]) == made.break_evens[0].x
    for option, curve in zip(found["options"], made.curves, strict=True):
        for read, point in zip(option["points"], curve.points, strict=True):
            assert Fraction(read["x"]) == point.x
            assert Decimal(read["list_cost"]) == point.list_cost
            assert (read["feasible"], read["fits"]) == (point.feasible, point.fits)


def test_csv_has_a_row_for_each_value_and_option(archcode):
    ended = archcode(*ORDERS, *TO_HUNDRED, *PAIR, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    made = swept(options=PAIR[1])
    points = [(curve.name, point) for curve in made.curves for point in curve.points]

    assert tuple(rows[0]) == sweep_csv.COLUMNS
    for row, (name, point) in zip(rows, points, strict=True):
        assert (row["name"], Fraction(row["x"])) == (name, point.x)
        assert Decimal(row["list_cost"]) == point.list_cost
        assert row["feasible"] == str(point.feasible).lower()
        assert row["size"] == point.size
    assert rows[0]["resource_type"] == "AWS::SQS::Queue"


def test_markdown_is_for_a_review(archcode):
    ended = archcode(*ORDERS, *TO_HUNDRED, *PAIR, "--format", "md")

    assert ended.out.startswith("# Queue: orders, us-east-1, rate 1/s to 100/s\n")
    assert "| 8.9413/s | SQS standard | Kinesis provisioned | crossing |" in ended.out


def test_a_spec_alone_is_priced_alone(archcode):
    ended = archcode("sweep", "queue.yaml", *TO_HUNDRED)

    assert ended.code == 0
    assert "Break-even points" not in ended.out
    assert ended.out.endswith(" at 100/s.\n")


def test_alternatives_stand_beside_the_spec(archcode):
    ended = archcode("sweep", "other.yaml", *TO_HUNDRED, "--no-free-tier")

    # Graviton is cheaper at any rate: https://aws.amazon.com/lambda/pricing/
    assert ended.out.endswith("arm costs least throughout.\n")


def test_a_map_has_a_letter_for_each_cell(archcode):
    ended = archcode(
        *ORDERS, *TO_HUNDRED, *PAIR,
        "--and", "size", "--and-from", "1KB", "--and-to", "256KB",
    )  # fmt: skip
    lines = ended.out.splitlines()

    assert ended.code == 0
    assert lines[2].startswith("size \\ rate  1/s")
    queue = next(line[0] for line in lines if line.endswith("%") and "SQS standard" in line)
    assert lines[3].split()[:3] == ["256", "KB", queue]
    assert sum(int(line.split()[-1].rstrip("%")) for line in lines[-2:]) == 100


def test_a_map_agrees_with_sweeps(archcode):
    ended = archcode(
        *ORDERS, *TO_HUNDRED, *PAIR, "--and", "size", "--and-from", "1KB", "--and-to", "64KB",
        "--format", "json",
    )  # fmt: skip
    found = json.loads(ended.out)
    rates = [Fraction(x) for x in found["xs"]]
    for row, size in ((0, "1 KB"), (-1, "64 KB")):
        made = swept(QUEUE.replace("size: 1 KB", f"size: {size}"), options=PAIR[1])
        for x, name in zip(rates, found["cells"][row], strict=True):
            fits = [r.name for r in made.regions if r.start <= x <= r.end]
            assert name in fits, (size, x)


def test_a_setting_by_its_path(archcode):
    ended = archcode(
        *ORDERS, "--vary", "orders -> worker.batch", "--from", "1", "--to", "10", *PAIR
    )  # fmt: skip

    assert ended.code == 0
    assert table(ended.out, "Monthly cost")[0][:3] == ["Option", "1", "2"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--vary", "raet"), '--vary is "raet", which cannot be varied; did you mean rate?'),
        (("--from", "5/s"), "archcode: --to is missing; write it like 350/s, or x2.5"),
        (("--from", "5/s", "--to", "1/s"), 'archcode: --to is "1/s", not above --from "5/s"'),
        (("--from", "1/s", "--to", "x5"), "write both as rates, such as 1/s, or both as multiples"),
        (("--from", "5", "--to", "9"), 'archcode: --from is "5", a rate without a unit; write it'),
        (("--from", "0/s", "--to", "9/s"), 'archcode: --from is "0/s"; it must be above 0'),
        (("--vary", "size", "--from", "1 KiloB", "--to", "2 KB"), "did you mean KiB?"),
        (("--vary", "consumers", "--from", "1", "--to", "2.5"), "not a whole number from 1 to 50"),
        (("--vary", "worke.timeout", "--from", "1", "--to", "2"), "did you mean worker?"),
        (("--vary", "worker.timout", "--from", "1", "--to", "2"), "did you mean timeout?"),
        (("--vary", "worker.timeout", "--from", "1 s", "--to", "2"), 'in "s" and --to in ""'),
        (("--vary", "worker.timeout", "--from", "x", "--to", "2"), '--from is "x", not a number'),
        (("--options", "SQS standart"), "did you mean SQS standard?"),
        (("--channel", "worker"), "worker is no channel"),
        (("--and", "rate"), "archcode: --and is rate, as --vary; name another variable"),
        (("--and-from", "1 KB"), "archcode: --and-from and --and-to need --and"),
        (("--and", "sise", "--and-from", "1", "--and-to", "2"), 'archcode: --and is "sise"'),
        (("--and", "size", "--and-from", "2 KB", "--and-to", "1 KB"), "not above --and-from"),
    ],
)  # fmt: skip
def test_bad_options_are_told(archcode, arguments, words):
    ended = archcode("sweep", "queue.yaml", "--channel", "orders", *arguments)

    assert ended.code == 2
    assert words in ended.err
    assert ended.out == ""


def test_consumers_need_a_channel_and_begin_with_those_it_has(archcode):
    consumers = ("--vary", "consumers", "--from", "1", "--to", "3")
    without = archcode("sweep", "queue.yaml", *consumers)
    queue = "sqs.queue, visibility_timeout: 3 min, receive_message_wait_time_seconds: 20"
    text = QUEUE.replace(queue, "sns.topic").replace("{batch: 10}", "{}")
    text = text.replace("  worker:", "  other: {type: server}\n  worker:")
    Path("topic.yaml").write_text(text + "  - orders -> other: {protocol: https}\n")
    few = archcode("sweep", "topic.yaml", "--channel", "orders", *consumers)

    assert without.code == few.code == 2
    assert "name it with --channel" in without.err
    assert "consumers cannot begin at 1: orders has 2 consumers" in few.err


def test_problems_of_a_spec_are_told_at_their_place(archcode):
    Path("bad.yaml").write_text(QUEUE.replace("batch", "bach"))
    ended = archcode("sweep", "bad.yaml", "--channel", "orders")

    assert ended.code == 1
    assert "bad.yaml:9:24" in ended.err


def test_a_map_as_csv_has_a_row_for_each_cell(archcode):
    ended = archcode(
        *ORDERS, *TO_HUNDRED, *PAIR, "--and", "size", "--and-from", "1KB", "--and-to", "64KB",
        "--format", "csv",
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(ended.out)))

    assert tuple(rows[0]) == sweep_csv.AREA_COLUMNS
    assert len(rows) == len({(row["x"], row["y"]) for row in rows}) == 16 * 12
    assert {row["name"] for row in rows} == {"SQS standard", "Kinesis provisioned"}


def test_charts_and_data_are_written(archcode):
    ended = archcode(*ORDERS, *TO_HUNDRED, *PAIR, "-o", "out")
    names = sorted(path.name for path in Path("out").iterdir())
    svg = Path("out/queue-sweep-rate.svg").read_text("utf-8")

    assert ended.code == 0
    assert names == [f"queue-sweep-rate.{suffix}" for suffix in ("csv", "png", "svg")]
    assert Path("out/queue-sweep-rate.png").read_bytes().startswith(b"\x89PNG")
    assert "SQS standard is the cheapest from 1 to 8.94." in svg
    printed = archcode(*ORDERS, *TO_HUNDRED, *PAIR, "--format", "csv").out
    assert Path("out/queue-sweep-rate.csv").read_text("utf-8") == printed


def test_the_map_and_a_setting_are_written_under_their_names(archcode):
    size = ("--and", "size", "--and-from", "1KB", "--and-to", "64KB")
    archcode(*ORDERS, *TO_HUNDRED, *PAIR, *size, "-o", "out")
    batch = ("--vary", "orders -> worker.batch", "--from", "1", "--to", "3")
    archcode(*ORDERS, *batch, *PAIR, "-o", "out")
    names = {path.stem for path in Path("out").iterdir()}

    assert names == {"queue-map-rate-size", "queue-sweep-orders-worker.batch"}


def test_a_spec_with_errors_is_swept_and_ends_with_one(archcode):
    Path("strict.yaml").write_text(
        QUEUE.replace("seconds: 20}", "seconds: 20, requires: {replay: 2 d}}")
    )
    ended = archcode("sweep", "strict.yaml", "--channel", "orders", *TO_HUNDRED, *PAIR)

    assert ended.code == 1
    assert "[replay_not_possible]" in ended.err
    assert ended.out.endswith("Kinesis provisioned costs least throughout.\n")
