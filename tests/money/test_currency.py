"""Amounts in another currency: converted once from exact dollars, rounded once, in its digits."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import PRICES, priced

from archcode.currency import DIGITS, USD, Currency
from archcode.draw.metrics import covered
from archcode.estimate import price
from archcode.explanation import explain
from archcode.render import estimate_json, focus_csv, markdown, picture, table
from archcode.spec.parse import parse
from archcode.statement import by_component, statement
from archcode.topology import propagate

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
PARSED = [price(propagate(parse(path.read_text("utf-8"))), PRICES) for path in SPECS]
QUEUE = "q: {type: sqs.queue, usage: {requests: 3M}}"
EUR = Currency("EUR", Decimal("0.92"))
YEN = Currency("JPY", Decimal("151.25"))


@pytest.mark.parametrize(
    ("currency", "amount", "text"),
    [
        (USD, "1234.5", "$1,234.50"),
        (EUR, "-0.4", "-€0.40"),
        (Currency("GBP", Decimal(1)), "0", "£0.00"),
        (YEN, "12345", "¥12,345"),
        (Currency("CHF", Decimal(1)), "12.3", "CHF 12.30"),
        (Currency("SEK", Decimal(1)), "-12.3", "-SEK 12.30"),
        (Currency("KWD", Decimal(1)), "1.5", "KWD 1.500"),
        (Currency("KRW", Decimal(1)), "1000000", "₩1,000,000"),
        (Currency("BRL", Decimal(1)), "1", "R$1.00"),
    ],
)
def test_an_amount_has_the_sign_and_the_digits_of_its_currency(currency, amount, text):
    assert currency.shown(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("currency", "text"),
    [(USD, "<$0.01"), (EUR, "<€0.01"), (YEN, "<¥1"), (Currency("KWD", Decimal(1)), "<KWD 0.001")],
)
def test_what_is_below_the_smallest_coin_is_not_nothing(currency, text):
    assert currency.shown(Decimal(0), Decimal("0.0001")) == text


def test_every_sign_is_in_the_bundled_font():
    codes = ["AUD", "BRL", "CAD", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "MXN", "NZD", "SGD"]

    for code in (*codes, *DIGITS, "USD"):
        assert all(covered(c) for c in Currency(code).shown(Decimal(0))), code


def test_a_hand_worked_month_in_euros():
    # https://aws.amazon.com/sqs/pricing/: 3,000,000 x $0.0000004 = $1.20; x 0.92 = 1.104 EUR
    result = replace(priced(QUEUE), currency=EUR)
    shown = statement(result)

    assert shown.total_text == "€1.10"
    assert shown.rows[0].unit_price == "€0.000000368"
    assert by_component(shown) == {"q": "€1.10/mo"}
    assert result.contracted_cost == Decimal("1.2")  # the estimate stays in dollars
    document = estimate_json.document(result, [])
    assert (document["billing_currency"], document["pricing_currency"]) == ("EUR", "USD")
    assert (document["exchange_rate"], document["list_cost"]) == ("0.92", "1.104")
    (charge,) = document["charges"]
    assert charge["list_unit_price"] == "0.000000368"
    assert charge["formula"].endswith("3,000,000 Requests × $0.0000004 × 0.92 EUR/USD")
    assert (
        focus_csv.render(result)
        .splitlines()[1]
        .endswith(",0.000000368,1.104,0.000000368,1.104,Usage-Based,EUR,USD,0.92")
    )
    assert "Requests, standard: €1.104\n" in explain(result, "q")
    assert "× $0.0000004 × 0.92 EUR/USD" in explain(result, "q")
    assert picture.render(result).boxes[0].cost == "€1.10/mo"


def test_yen_have_no_cents():
    # $1.20 x 151.25 = 181.5 JPY, half-even 182; two queues of 90.75 each make 91 and 91
    result = priced(
        "a: {type: sqs.queue, usage: {requests: 1.5M}}\n"
        "b: {type: sqs.queue, usage: {requests: 1.5M}}"
    )
    shown = statement(replace(result, currency=YEN))

    assert shown.total_text == "¥182"
    assert [row.cost_text for row in shown.rows] == ["¥91", "¥91"]


def test_every_text_says_the_rate_and_that_list_prices_are_in_dollars():
    result = replace(priced(QUEUE), currency=EUR)
    words = "list prices in USD, shown in EUR at 0.92 for 1 USD"

    assert words in table.render(result)
    assert words in markdown.render(result, [])
    assert words in explain(result, "q")
    assert picture.render(result).subtitle.endswith("(EUR at 0.92 for 1 USD, list prices)")
    assert "$" not in table.render(result)


def test_a_box_without_charges_costs_nothing_in_that_currency():
    result = priced("c: {type: client}\nq: {type: sqs.queue}")

    assert [box.cost for box in picture.render(replace(result, currency=YEN)).boxes] == [
        "",
        "¥0/mo",
    ]


@given(
    st.sampled_from(PARSED),
    st.sampled_from(["USD", "EUR", "JPY", "KWD", "CHF"]),
    st.decimals("0.0001", 100_000, places=6),
)
@settings(max_examples=100, deadline=None)
def test_lines_add_up_to_the_total_in_every_currency(result, code, rate):
    currency = Currency(code, rate)
    shown = statement(replace(result, currency=currency))
    exact = Fraction(result.contracted_cost) * Fraction(rate)

    assert sum((row.cost for row in shown.rows if row.cost is not None), Decimal(0)) == shown.total
    assert abs(Fraction(shown.total) - exact) * 2 <= Fraction(1, 10**currency.digits)
    assert Fraction(currency.of(result.contracted_cost)) == exact


@given(st.sampled_from(PARSED), st.decimals("0.01", 1000, places=4))
@settings(max_examples=50, deadline=None)
def test_exact_amounts_add_up_in_json(result, rate):
    document = estimate_json.document(replace(result, currency=Currency("EUR", rate)), [])
    costs = [Fraction(c["list_cost"]) for c in document["charges"] if c["list_cost"] is not None]

    assert sum(costs) == Fraction(document["list_cost"])
    for charge in document["charges"]:
        if charge["list_cost"] is not None:
            product = Fraction(charge["list_unit_price"]) * Fraction(charge["pricing_quantity"])
            assert Fraction(charge["list_cost"]) == product


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--currency", "EUR"], "--currency needs --exchange-rate: --currency EUR --exchange-rate"),
        (["--exchange-rate", "0.9"], "--exchange-rate needs --currency: "),
        (["--currency", "eur", "--exchange-rate", "1"], '--currency is "eur"; it must be three'),
        (["--currency", "EURO", "--exchange-rate", "1"], '--currency is "EURO"; it must be three'),
        (["--currency", "EUR", "--exchange-rate", "0"], '--exchange-rate is "0"; it must be the'),
        (["--currency", "EUR", "--exchange-rate", "-1"], '--exchange-rate is "-1"; it must be'),
        (["--currency", "EUR", "--exchange-rate", "1e3"], '--exchange-rate is "1e3"; it must be'),
        (["--currency", "EUR", "--exchange-rate", "nan"], '--exchange-rate is "nan"; it must be'),
        (["--currency", "USD", "--exchange-rate", "2"], '--exchange-rate is "2", but 1 USD is 1'),
    ],
)
@pytest.mark.parametrize("command", ["estimate", "render"])
def test_a_currency_that_cannot_be_read_is_wrong_usage(command, options, said, archcode):
    ended = archcode(command, SPECS[0], *options)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"archcode: {said}")


def test_dollars_may_be_named(archcode):
    plain = archcode("estimate", SPECS[0]).out

    assert archcode("estimate", SPECS[0], "--currency", "USD", "--exchange-rate", "1").out == plain


def test_an_overlay_and_a_currency_reach_every_command(archcode, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(
        "title: Agreement\ndiscounts: {sqs.queue: 50%, lambda.function: 50%}\n"
    )
    spec = next(path for path in SPECS if path.stem == "work-queue")
    options = ["--price-overlay", "a.yaml", "--currency", "EUR", "--exchange-rate", "0.5"]
    half = archcode("estimate", spec, "--format", "json").out
    both = archcode("estimate", spec, "--format", "json", *options).out
    before, after = json.loads(half), json.loads(both)
    assert Fraction(after["contracted_cost"]) * 4 == Fraction(before["list_cost"])
    rendered = archcode("render", spec, "-f", "json,svg", *options)
    assert rendered.code == 0
    assert Path("out/work-queue.json").read_text("utf-8") == both
    assert "(EUR at 0.5 for 1 USD, Agreement)" in Path("out/work-queue.svg").read_text("utf-8")
    assert archcode("validate", spec, "--price-overlay", "a.yaml").code == 0


def test_an_overlay_may_come_from_a_pipe(archcode):
    reading, writing = os.pipe()
    os.write(writing, b"title: Agreement\ndiscounts: {sqs.queue: 100%}\n")
    os.close(writing)
    spec = next(path for path in SPECS if path.stem == "work-queue")
    ended = archcode("estimate", spec, "--price-overlay", f"/dev/fd/{reading}")
    os.close(reading)

    assert ended.code == 0
    assert "the terms of Agreement" in ended.out


def test_a_bad_overlay_ends_with_1_and_its_place(archcode, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("title: Agreement\ndiscounts: {sqs.quee: 50%}\n")

    for command in ("estimate", "render", "validate"):
        ended = archcode(command, SPECS[0], "--price-overlay", "a.yaml")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == (
            'a.yaml:2:13: error: discounts.sqs.quee "sqs.quee" is no type and no price file'
            " [unknown_type]\n    hint: did you mean sqs.queue?\n1 error\n"
        )
    folder = archcode("estimate", SPECS[0], "--price-overlay", ".")
    assert (folder.code, folder.err) == (2, "archcode: .: Is a directory\n")
    missing = archcode("estimate", SPECS[0], "--price-overlay", "b.yaml")
    assert (missing.code, missing.err) == (2, "archcode: --price-overlay b.yaml: no such file\n")
