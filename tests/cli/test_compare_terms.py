"""`archcode compare` with agreed prices and another currency."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from small import SMALL

ON_ORDERS = ("compare", "small.yaml", "--channel", "orders", "--no-free-tier")
AGREED = ("--price-overlay", "agreement.yaml")
EURO = ("--currency", "EUR", "--exchange-rate", "0.5")
# tests/compare/test_money.py works out a worker of $4.91, a queue of $12.61 and a stream of $11.32
WORKER, QUEUE, STREAM = Decimal("4.90560876"), Decimal("12.6144"), Decimal("11.31792")


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("agreement.yaml").write_text(
        "title: Agreement\ndiscounts: {sqs.queue/standard_requests: 20%}\n"
    )


def found(archcode, *options):
    """The options by name, and all of the JSON."""
    ended = archcode(*ON_ORDERS, *options, "--format", "json")
    shape = json.loads(ended.out)
    return {option["name"]: option for option in shape["options"]}, shape


def test_what_was_agreed_decides(archcode):
    options, shape = found(archcode, *AGREED)
    queue, stream = options["SQS standard"], options["Kinesis provisioned"]

    # 12.6144 × 80% = 10.09152 is below the 11.31792 of the stream, which list prices put first
    assert [*options][:2] == ["SQS standard", "Kinesis provisioned"]
    assert Decimal(queue["contracted_cost"]["typical"]) == WORKER + QUEUE * Decimal("0.8")
    assert Decimal(queue["list_cost"]["typical"]) == WORKER + QUEUE
    difference = Decimal(stream["contracted_cost_difference"]["typical"])
    assert difference == STREAM - QUEUE * Decimal("0.8")
    assert Decimal(stream["list_cost_difference"]["typical"]) == STREAM - QUEUE
    # 657,000 polls at $0.40 a million, less a fifth
    assert Decimal(queue["idle_contracted_cost"]["typical"]) == Decimal("0.2628") * Decimal("0.8")
    assert Decimal(queue["idle_list_cost"]["typical"]) == Decimal("0.2628")
    assert shape["price_overlay"] == "Agreement"


def test_the_table_has_both_costs(archcode):
    ended = archcode(*ON_ORDERS, *AGREED)
    head, first, *_ = ended.out.split("\n\n")[1].splitlines()

    assert ended.out.startswith("Small: orders, us-east-1, the terms of Agreement\n")
    assert re.split(r" {2,}", head)[:3] == ["OPTION", "LIST COST", "MONTHLY"]
    # 4.9056 + 10.0915 = 14.9971
    assert re.split(r" {2,}", first)[:3] == ["SQS standard (today)", "$17.52", "$15.00"]
    assert "SQS standard, as it is today, costs least" in ended.out


def test_markdown_has_both_costs(archcode):
    ended = archcode(*ON_ORDERS, *AGREED, "--format", "md")

    assert "| Option | List cost | Monthly |" in ended.out
    assert "| SQS standard (today) | $17.52 | $15.00 |" in ended.out


def test_amounts_are_converted_once(archcode):
    options, shape = found(archcode, *EURO)
    told = archcode(*ON_ORDERS, *EURO).out

    assert (shape["currency"], shape["exchange_rate"], shape["price_overlay"]) == (
        "EUR",
        "0.5",
        None,
    )
    assert Decimal(options["SQS standard"]["list_cost"]["high"]) == (WORKER + QUEUE) / 2
    assert options["SQS standard"]["contracted_cost"] == options["SQS standard"]["list_cost"]
    # 17.52 / 2, 16.2235 / 2 and their difference of 1.2965 / 2
    assert "SQS standard (today)" in told
    assert "€8.76" in told
    assert "Kinesis provisioned costs least" in told
    assert told.endswith("guidelines: €8.11, €0.65 less than today.\n")
    assert "$" not in told.partition("\n\nWorth knowing")[0]


def test_a_rate_decides_which_brokers_a_cluster_has(archcode):
    Path("agreement.yaml").write_text(
        "title: Agreement\n"
        "rates: {msk.cluster/broker_kafka_m5_large: {usd: 0.01, region: us-east-1}}\n"
    )
    listed, agreed = (found(archcode, *terms)[0]["MSK provisioned"] for terms in ((), AGREED))
    saved = Decimal(listed["contracted_cost"]["typical"]) - Decimal(
        agreed["contracted_cost"]["typical"]
    )

    assert "m7g.large" in listed["size"]
    assert "m5.large" in agreed["size"]
    # 3 brokers for 730 h at $0.204 by the list, at $0.01 as agreed
    assert saved == 3 * 730 * (Decimal("0.204") - Decimal("0.01"))


def test_whole_specs_are_compared_as_agreed(archcode):
    Path("other.yaml").write_text(SMALL.replace("batch: 10", "batch: 5"))
    told = archcode("compare", "small.yaml", "other.yaml", "--no-free-tier", *AGREED, *EURO)
    ended = archcode(
        "compare", "small.yaml", "other.yaml", "--no-free-tier", *AGREED, *EURO, "-f", "json"
    )
    shape = json.loads(ended.out)
    first = shape["specs"][0]

    assert re.search(r"^List cost +€8\.76 ", told.out, re.MULTILINE)
    assert "Monthly cost, EUR at 0.5 for 1 USD, the terms of Agreement" in told.out
    assert (shape["currency"], shape["price_overlay"]) == ("EUR", "Agreement")
    assert Decimal(first["contracted_cost"]["typical"]) == (WORKER + QUEUE * Decimal("0.8")) / 2
    assert Decimal(first["list_cost"]["typical"]) == (WORKER + QUEUE) / 2
    assert Decimal(first["components"]["orders"]) == QUEUE * Decimal("0.8") / 2


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--currency", "EUR"), 2, "--currency needs --exchange-rate"),
        (("--price-overlay", "none.yaml"), 2, "no such file"),
    ],
)
def test_wrong_terms_say_what_is_meant(archcode, options, code, words):
    ended = archcode(*ON_ORDERS, *options)

    assert ended.code == code
    assert words in ended.err


def test_an_error_of_the_agreement_has_its_place(archcode):
    Path("agreement.yaml").write_text("title: Agreement\ndiscounts: {sqs.quue: 20%}\n")
    ended = archcode(*ON_ORDERS, *AGREED)

    assert ended.code == 1
    assert "agreement.yaml:2:" in ended.err
    assert ended.out == ""
