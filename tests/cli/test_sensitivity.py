"""`archcode sensitivity` on the command line."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from support import spec_text

TEXT = spec_text(
    "shop: {type: client}\norders: {type: sqs.queue}",
    "- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 4/s}, size: 1 KB,"
    " batch: {low: 1, typical: 1, high: 2}}",
)


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "queue.yaml"
    path.write_text("title: Queue\n" + TEXT + "scenarios: {double: {scale: 2}}\n", "utf-8")
    return path


def test_tells_between_what_the_cost_lies(archcode, spec):
    """$0.40 a million requests beyond the first: https://aws.amazon.com/sqs/pricing/.

    2/s are 5.256M → $1.7024. Low: 1/s in batches of two, 1.314M → $0.1256. High: 4/s → $3.8048.
    """
    ended = archcode("sensitivity", spec)

    assert ended.code == 0
    assert "Total       $0.13    $1.70   $3.80" in ended.out
    assert "P50" not in ended.out


def test_samples_are_seeded(archcode, spec):
    first, again, other = (
        archcode("sensitivity", spec, "--samples", "2000", "--seed", seed).out
        for seed in ("3", "3", "4")
    )

    assert first == again != other
    assert "2,000 samples, seed 3" in first


def test_json_has_percentiles_between_both_ends(archcode, spec):
    found = json.loads(archcode("sensitivity", spec, "--samples", "2000", "-f", "json").out)
    cost = {k: Decimal(v) for k, v in found["samples"]["contracted_cost"].items() if k[0] != "e"
            and k != "counts"}  # fmt: skip
    low, high = (Decimal(found["spread"][end]["contracted_cost"]) for end in ("low", "high"))

    assert low <= cost["least"] <= cost["p10"] <= cost["p50"] <= cost["p90"] <= cost["most"] <= high
    assert sum(found["samples"]["contracted_cost"]["counts"]) == 2000
    assert found["samples"]["evaluated"] == 2000
    assert [one["where"] for one in found["samples"]["influences"]] == [
        "shop -> orders.rate",
        "shop -> orders.batch",
    ]
    assert json.loads(archcode("sensitivity", spec, "-f", "json").out)["samples"] is None


def test_a_scenario_has_its_traffic_in_samples_too(archcode, spec):
    """Without the free million, twice the traffic costs twice as much in every sample."""
    options = ("--samples", "500", "--no-free-tier", "-f", "json")
    once, twice = (
        json.loads(archcode("sensitivity", spec, *options, *more).out)
        for more in ((), ("--scenario", "double"))
    )
    cost, double = (Decimal(each["samples"]["list_cost"]["p50"]) for each in (once, twice))

    assert Decimal(twice["list_cost"]) == 2 * Decimal(once["list_cost"])
    assert abs(double - 2 * cost) <= Decimal("0.01")


def test_amounts_are_shown_in_a_currency(archcode, spec):
    ended = archcode("sensitivity", spec, "--samples", "100", "--currency", "EUR",
                     "--exchange-rate", "0.5")  # fmt: skip

    assert "$" not in ended.out
    assert "Total       €0.06    €0.85   €1.90" in ended.out


def test_markdown_has_the_same_cells(archcode, spec):
    ended = archcode("sensitivity", spec, "--samples", "100", "-f", "md")

    assert "| Total | $0.13 | $1.70 | $3.80 |" in ended.out
    assert "## Samples" in ended.out


def test_writes_charts(archcode, spec, tmp_path):
    ended = archcode("sensitivity", spec, "--samples", "500", "-o", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())

    assert ended.code == 0
    assert names == [
        "queue-ranges.png",
        "queue-ranges.svg",
        "queue-samples.png",
        "queue-samples.svg",
    ]


def test_a_spec_without_ranges_is_wrong_use(archcode, tmp_path):
    path = tmp_path / "sure.yaml"
    path.write_text(spec_text("orders: {type: sqs.queue}"), "utf-8")
    ended = archcode("sensitivity", path)

    assert ended.code == 2
    assert "has no ranges; write some, such as rate: {low: 200/s" in ended.err


@pytest.mark.parametrize("options", [("--samples", "-1"), ("--seed", "-1"), ("--samples", "many")])
def test_odd_numbers_are_wrong_use(archcode, spec, options):
    ended = archcode("sensitivity", spec, *options)

    assert ended.code == 2
    assert "Traceback" not in ended.err


def test_a_spec_that_cannot_be_read_ends_with_1(archcode, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(TEXT.replace("typical: 2/s", "typical: 9/s"), "utf-8")
    ended = archcode("sensitivity", path)

    assert ended.code == 1
    assert "range_out_of_order" in ended.err


def test_charts_follow_the_theme(archcode, spec, tmp_path):
    folder = tmp_path / "out"
    archcode("sensitivity", spec, "-o", folder, "--theme", "light,dark")
    light, dark = (folder / f"queue-ranges{end}.svg" for end in ("", "-dark"))

    assert light.read_text("utf-8") != dark.read_text("utf-8")
    assert archcode("sensitivity", spec, "-o", folder, "--theme", "drak").code == 2
