"""What other programs read: JSON of a documented shape, CSV under FOCUS names, Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SHAPE = [
    "schema_version", "title", "scenario", "region_id", "hours_per_month", "billing_currency",
    "pricing_currency", "exchange_rate", "price_overlay", "list_cost", "contracted_cost",
    "complete", "charges", "loads", "capacity", "spread", "unit_costs", "budgets", "findings",
]  # fmt: skip
CHARGE = [
    "resource_name", "resource_type", "region_id", "charge_description", "sku_id",
    "pricing_quantity", "pricing_unit", "list_unit_price", "list_cost", "charge_frequency",
    "formula", "price_source", "price_date", "contracted_unit_price", "contracted_cost",
    "contract_terms",
]  # fmt: skip
FINDING = ["rule", "severity", "where", "line", "column", "message", "hint", "remedy"]
LOAD = [
    "messages_per_second", "peak_messages_per_second", "message_size_bytes", "monthly_messages",
    "monthly_bytes",
]  # fmt: skip
COLUMNS = [
    "ResourceName", "ResourceType", "RegionId", "ChargeDescription", "SkuId", "PricingQuantity",
    "PricingUnit", "ListUnitPrice", "ListCost", "ContractedUnitPrice", "ContractedCost",
    "ChargeFrequency", "BillingCurrency", "PricingCurrency", "x_ExchangeRate",
]  # fmt: skip
HOSTILE = """\
title: "=cmd | <script>alert(1)</script> | `x` [a](javascript:b) \\n# heading *b* _i_ ~s~"
region: cn-north-1
components:
  shop: {type: client, label: "@SUM(A1) | <b>"}
  orders: {type: sqs.queue, visibility_timeout: 30}
flows:
  - shop -> orders: {rate: 1/month, size: 2 MB, label: "| <i>"}
"""


@pytest.fixture
def estimate(archcode):
    """The JSON of a spec."""

    def run(path, *options, code=0, stdin=b""):
        ended = archcode("estimate", path, "--format", "json", *options, stdin=stdin)
        assert ended.code == code
        return json.loads(ended.out)

    return run


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_has_the_documented_shape(path, estimate):
    found = estimate(path)

    assert [*found] == SHAPE
    assert found["schema_version"] == "1.5"
    assert found["billing_currency"] == "USD"
    assert {tuple(charge) for charge in found["charges"]} == {tuple(CHARGE)}
    assert all([*finding] == FINDING for finding in found["findings"])
    assert all([*load] == LOAD for load in found["loads"].values())
    sizes = [item for items in found["capacity"].values() for item in items]
    assert all([*item] == ["name", "required", "configured", "formula"] for item in sizes)
    assert all(item["required"] >= 0 for item in sizes)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_charges_add_up_exactly(path, estimate):
    found = estimate(path)
    costs = [Decimal(c["list_cost"]) for c in found["charges"] if c["list_cost"] is not None]

    assert sum(costs, Decimal(0)) == Decimal(found["list_cost"])
    assert found["complete"] is (len(costs) == len(found["charges"]))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_charge_is_its_quantity_times_its_price(path, estimate):
    for charge in estimate(path)["charges"]:
        if charge["list_cost"] is None:
            continue
        price, quantity = Decimal(charge["list_unit_price"]), Decimal(charge["pricing_quantity"])

        assert Decimal(charge["list_cost"]) == price * quantity
        assert charge["price_source"]
        stated = charge["price_source"] == "stated in the spec"
        assert re.fullmatch("" if stated else r"\d{4}-\d{2}-\d{2}", charge["price_date"])


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_decimals_are_plain_digits_in_texts(path, estimate):
    found = estimate(path)
    texts = [found["list_cost"], found["hours_per_month"]]
    texts += [number for load in found["loads"].values() for number in load.values()]
    for charge in found["charges"]:
        texts += [charge[k] for k in ("pricing_quantity", "list_unit_price", "list_cost")]

    assert [t for t in texts if t is not None and not DECIMAL.fullmatch(t)] == []


def test_an_unknown_price_is_null_and_the_estimate_incomplete(estimate):
    found = estimate("-", stdin=HOSTILE.encode(), code=1)

    assert found["complete"] is False
    assert found["list_cost"] == "0"
    assert [c["list_unit_price"] for c in found["charges"]] == [None]
    assert [f["rule"] for f in found["findings"] if f["severity"] == "error"] == [
        "message_too_large"
    ]


def test_a_finding_says_where_it_is(estimate):
    finding = next(
        f
        for f in estimate("-", stdin=HOSTILE.encode(), code=1)["findings"]
        if f["rule"] == "message_too_large"
    )

    assert finding == {
        "rule": "message_too_large",
        "severity": "error",
        "where": "shop -> orders",
        "line": 7,
        "column": 5,
        "message": "messages of 2 MB are larger than orders takes (1 MB): a headroom of -100%",
        "hint": "keep the payload in Amazon S3 and send its key, or compress it",
        "remedy": None,
    }


def test_the_options_count(estimate):
    path = SPECS[0].parent / "order-fanout.yaml"
    month, hour = estimate(path), estimate(path, "--hours-per-month", "1", "--no-free-tier")
    paid = estimate(path, "--no-free-tier")

    assert (month["hours_per_month"], hour["hours_per_month"]) == ("730", "1")
    assert Decimal(month["list_cost"]) < Decimal(paid["list_cost"])
    assert Decimal(hour["list_cost"]) * 700 < Decimal(paid["list_cost"])
    assert estimate(path, "--region", "sa-east-1")["region_id"] == "sa-east-1"


def test_standard_input_is_a_spec_like_any_other(archcode, estimate):
    path = SPECS[0].parent / "order-fanout.yaml"

    assert estimate("-", stdin=path.read_bytes()) == estimate(path)
    ended = archcode("validate", "-", stdin=path.read_bytes())
    assert (ended.code, ended.out) == (0, "-: no findings in 13 components\n")


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_csv_has_one_row_per_charge_under_focus_names(path, archcode, estimate):
    text = archcode("estimate", path, "--format", "csv").out
    head, *rows = csv.reader(io.StringIO(text))
    charges = estimate(path)["charges"]

    assert head == COLUMNS
    assert "\r" not in text
    assert len(rows) == len(charges)
    costs = [row[COLUMNS.index("ListCost")] for row in rows]
    assert costs == [charge["list_cost"] or "" for charge in charges]


def test_csv_never_begins_a_text_like_a_formula(archcode):
    text = archcode("estimate", "-", "--format", "csv", stdin=HOSTILE.encode()).out
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]

    assert cells
    assert [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r"))] == []
    assert [c for c in cells if c.startswith("-") and not DECIMAL.fullmatch(c)] == []


def test_a_formula_in_a_text_is_quoted():
    from msgspec.structs import replace

    from archcode.currency import USD
    from archcode.model import Charge
    from archcode.render.focus_csv import _cell

    charge = Charge("a", "b", "c", "d", "e", None, "f", None, Decimal("-1.50"), "Recurring", *"ghi")

    for start in "=+-@\t\r":
        hostile = replace(charge, resource_name=f"{start}1+1")
        assert _cell(hostile, "resource_name", USD) == f"'{start}1+1"
    assert _cell(charge, "list_cost", USD) == "-1.5"
    assert _cell(charge, "pricing_quantity", USD) == ""


def test_markdown_shows_hostile_text_as_text(archcode):
    text = archcode("estimate", "-", "--format", "md", stdin=HOSTILE.encode()).out
    heading, *rest = text.splitlines()

    assert heading.startswith("# =cmd \\| &lt;script&gt;alert(1)&lt;/script&gt; \\| \\`x\\` ")
    assert "\\[a\\](javascript:b) # heading \\*b\\* \\_i\\_ \\~s\\~" in heading
    assert not re.search(r"<(script|b|i)>", text)
    assert [line for line in rest if line.startswith("# ")] == []


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_markdown_tables_are_even(path, archcode):
    text = archcode("estimate", path, "--format", "md").out
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1


@pytest.mark.parametrize("format", ["table", "json", "csv", "md"])
def test_the_same_spec_prints_the_same_bytes_twice(format, archcode):
    path = SPECS[0].parent / "order-fanout.yaml"
    first, second = (archcode("estimate", path, "--format", format) for _ in range(2))

    assert first == second
    assert first.out.endswith("\n")


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_table_adds_up_to_its_total(path, archcode):
    text = archcode("estimate", path).out
    total = next(line for line in text.splitlines() if line.startswith("TOTAL"))
    table = text[: text.index(total)]
    costs = re.findall(r" (-?)\$([0-9,]+\.[0-9]{2})$", table, re.MULTILINE)
    amounts = [Decimal(sign + digits.replace(",", "")) for sign, digits in costs]

    shown = re.search(r"(-?)\$([0-9,]+\.[0-9]{2})$", total)
    assert shown is not None
    assert sum(amounts, Decimal(0)) == Decimal(shown[1] + shown[2].replace(",", ""))


def test_explain_leads_from_source_to_charge(archcode):
    path = SPECS[0].parent / "order-fanout.yaml"
    text = archcode("estimate", path, "--explain", "billing").out

    assert [line for line in text.splitlines() if line and not line.startswith(" ")] == [
        "billing (sqs.queue, us-east-1)", "Traffic", "Load", "Capacity", "Charges",
    ]  # fmt: skip
    assert "storefront -> order-intake: 350/s stated" in text
    assert "350/s × filter 40% = 140/s" in text
