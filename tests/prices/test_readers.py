"""The JSON and the CSV of an offer are read alike, and nothing else is taken for either."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from msgspec.structs import replace
from prices.offers import (
    PUBLISHED,
    VERSION,
    Dimension,
    Product,
    Term,
    as_csv,
    as_json,
    flat,
    listing,
    product,
)
from support import PRICES

from archcode.errors import PriceListError
from archcode.offers import read_csv, read_json
from archcode.offers.model import Head
from archcode.pricebook import GLOBAL

SKU = "8RN6B8U4MERHRXP3"
STANDARD = ("API Request", "Requests-RBP", {"queueType": "Standard"})
READERS = {"json": (read_json.read, as_json), "csv": (read_csv.read, as_csv)}
both = pytest.mark.parametrize("kind", READERS)


class Wanted:
    """Products by SKU or usage type; all without either."""

    def __init__(self, *words):
        self.words = words

    def perhaps(self, sku, usage_type):
        return not self.words or bool({sku, usage_type} & {*self.words})

    def surely(self, product):
        return product.attributes["locationtype"] == "AWS Region"


everything = Wanted()


def read(kind, products, wanted=everything):
    reader, writer = READERS[kind]
    return reader(io.BytesIO(writer("AWSQueueService", products)), wanted)


def one(*terms: Term) -> Product:
    return replace(product("sqs", "us-east-1", SKU, STANDARD), terms=terms)


@both
def test_the_head_has_version_and_date(kind):
    head = read(kind, [one(flat(SKU, "0.4"))]).head

    assert head == Head("AWSQueueService", VERSION, PUBLISHED)
    assert head.date == "2026-11-01"
    assert head.address("eu-west-1") == (
        "https://pricing.us-east-1.amazonaws.com"
        "/offers/v1.0/aws/AWSQueueService/20261101081500/eu-west-1/index.json"
    )


@both
def test_tiers_come_in_order_with_exact_numbers(kind):
    tiers = Term(
        (
            Dimension(f"{SKU}.JRTCKXETXF.27HCEGFCXT", "200000000000", "Inf", "0.0000002400"),
            Dimension(f"{SKU}.JRTCKXETXF.VXGXCWQKTY", "0", "100000000000", "0.0000004000"),
            Dimension(f"{SKU}.JRTCKXETXF.9JVYQWEJJY", "100000000000", "200000000000", "3E-7"),
        )
    )
    (found,) = read(kind, [one(tiers)]).products

    assert found.sku == SKU
    assert found.family == "API Request"
    assert [(r.start, r.end, r.usd) for r in found.rates] == [
        (Decimal(0), Decimal("1e11"), Decimal("0.0000004")),
        (Decimal("1e11"), Decimal("2e11"), Decimal("0.0000003")),
        (Decimal("2e11"), None, Decimal("0.00000024")),
    ]
    assert [r.code[-10:] for r in found.rates] == ["VXGXCWQKTY", "9JVYQWEJJY", "27HCEGFCXT"]


@both
def test_attributes_have_the_same_names(kind):
    (found,) = read(kind, [one(flat(SKU, "0.4"))]).products

    assert {k: v for k, v in found.attributes.items() if v} == {
        "servicecode": "AWSQueueService",
        "location": "US East (N. Virginia)",
        "locationtype": "AWS Region",
        "regioncode": "us-east-1",
        "usagetype": "Requests-RBP",
        "queuetype": "Standard",
        "servicename": "Amazon",
    }


@both
def test_the_term_in_force_on_the_day_of_publication_holds(kind):
    terms = [
        replace(flat(SKU, price, f"{name:A<10}"), since=since)
        for name, price, since in (
            ("PAST", "1", "2026-09-01T00:00:00Z"),
            ("NOW", "2", "2026-11-01T00:00:00Z"),
            ("NEXT", "3", "2026-12-01T00:00:00Z"),
        )
    ]
    (found,) = read(kind, [one(*terms)]).products

    assert [rate.usd for rate in found.rates] == [2]


@both
def test_reserved_terms_are_no_prices(kind):
    reserved = replace(flat(SKU, "1"), kind="Reserved")

    assert read(kind, [one(reserved)]).products == ()
    (found,) = read(kind, [one(flat(SKU, "2"), reserved)]).products
    assert [rate.usd for rate in found.rates] == [2]


@both
def test_only_what_is_wanted_is_kept(kind):
    products = listing("sqs", PRICES._text("sqs"), "us-east-1")  # noqa: SLF001 - the raw file
    by_sku = read(kind, products, Wanted(SKU))
    by_usage = read(kind, products, Wanted("Global-Requests"))

    assert [found.sku for found in by_sku.products] == [SKU]
    assert [found.sku for found in by_usage.products] == ["MNCJEPJRCSC9RFY2"]


@pytest.mark.parametrize("service", ["sqs", "sns", "kinesis", "lambda", "msk", "mq"])
def test_json_and_csv_say_the_same(service):
    products = listing(service, PRICES._text(service), "eu-central-1")  # noqa: SLF001
    a, b = (read(kind, products).products for kind in READERS)

    def plain(found):
        return sorted(
            (p.sku, p.family, p.rates, sorted((k, v) for k, v in p.attributes.items() if v))
            for p in found
        )

    assert plain(a) == plain(b)
    assert len(a) > len(PRICES.prices(service, "eu-central-1")) + len(
        PRICES.prices(service, GLOBAL)
    )


GOOD = as_json("AWSQueueService", [one(flat(SKU, "0.4"))])
DOCUMENT = json.loads(GOOD)
ROWS = as_csv("AWSQueueService", [one(flat(SKU, "0.4"))])


def changed(**parts):
    return json.dumps({**DOCUMENT, **parts}).encode()


def grown(value: bytes) -> bytes:
    """The file with a first product of that value."""
    return GOOD.replace(b'"products": {', b'"products": {"AAAA": ' + value + b",", 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (GOOD[:-200], "is no whole JSON; it begins "),
        (GOOD[: len(GOOD) // 2], "is no whole JSON; it begins "),
        (GOOD[:-1], "is no whole JSON; it begins "),
        (GOOD + b"}", "is no whole JSON; it begins "),
        (b"", "is no whole JSON; it begins "),
        (
            b"<html><body>Proxy</body></html>",
            'it begins "<html><body>Proxy</body></html>" and ends ""',
        ),
        (GOOD.replace(b"Requests-RBP", b"Requests-\xff"), "is no whole JSON; it begins "),
        (b"[]", "is no offer file: it names no offerCode"),
        (b'{"message": "Forbidden"}', "is no offer file: it names no offerCode"),
        (changed(version=""), "is no offer file: "),
        (changed(publicationDate="soon"), "is no offer file: "),
        (changed(products={SKU: []}), f'is no offer file: "{SKU}" holds a list'),
        (changed(products={SKU: {}}), f'is no offer file: "{SKU}" holds empty'),
        (grown(b"[" * 20_000), "is no offer file: it nests without end"),
        (grown(b'{"a":' * 20_000), "is no offer file: it nests without end"),
        (grown(b" [" * 100_000), "is no offer file: it nests without end"),
        (grown(b"9" * 4301), "is no offer file: it has a number of thousands of digits"),
        (
            grown(b" " * 63_000 + b"9" * 4301),  # half of it in the next part
            "is no offer file: it has a number of thousands of digits",
        ),
        (grown(b"1e99999999999999999999"), "is no whole JSON; it begins "),
        (GOOD.replace(b'"0.4"', b'"free"'), '"free" at '),
        (GOOD.replace(b'"0.4"', b'"-1"'), '"-1" at '),
        (GOOD.replace(b'"0.4"', b'"NaN"'), '"NaN" at '),
        (GOOD.replace(b'"beginRange": "0"', b'"beginRange": ""'), '"" at '),
    ],
)
def test_what_is_no_offer_file_in_json_is_refused(data, message):
    with pytest.raises(PriceListError) as raised:
        read_json.read(io.BytesIO(data), everything)

    assert message in str(raised.value)


@pytest.mark.parametrize(("kind", "data"), [("json", GOOD), ("csv", ROWS)])
@pytest.mark.parametrize(
    "usd", ["1e999999999", "1E+21", "4e-21", "-0", "0_4", "\u0664", "0x4", "9" * 21, " 4"]
)
def test_a_price_that_the_book_cannot_hold_is_none(kind, data, usd):
    with pytest.raises(PriceListError, match="is no number from 0"):
        READERS[kind][0](io.BytesIO(data.replace(b'"0.4"', f'"{usd}"'.encode())), everything)


@pytest.mark.parametrize(("kind", "data"), [("json", GOOD), ("csv", ROWS)])
def test_a_price_may_have_an_exponent(kind, data):
    found = READERS[kind][0](io.BytesIO(data.replace(b'"0.4"', b'"4.0E-7"')), everything)

    assert found.products[0].rates[0].usd == Decimal("0.0000004")


@pytest.mark.parametrize(("kind", "data"), [("json", GOOD), ("csv", ROWS)])
def test_a_rate_code_is_letters_digits_and_points(kind, data):
    code = f"{SKU}.".encode()
    with pytest.raises(PriceListError, match="is no rate code"):
        READERS[kind][0](io.BytesIO(data.replace(code, code + b"\xe2\x80\xae")), everything)


@pytest.mark.parametrize(("kind", "data"), [("json", GOOD), ("csv", ROWS)])
def test_a_price_in_another_currency_is_none(kind, data):
    found = READERS[kind][0](io.BytesIO(data.replace(b'"USD"', b'"CNY"')), everything)

    assert found.products == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ROWS[:-40], "is no whole CSV: unexpected end of data"),
        (ROWS[: ROWS.rindex(b',"Amazon"')], "row 7 has 19 columns, not 20"),
        (b"", "is no offer file: it names no offerCode"),
        (GOOD, "is no offer file: it names no offerCode"),
        (b"<html></html>", "is no offer file: it names no offerCode"),
        (ROWS.replace(b"PricePerUnit", b"Price"), "is no offer file: its columns are "),
        (ROWS[: ROWS.index(b'"SKU"')], "is no offer file: its columns are "),
        (ROWS.replace(b"Requests-RBP", b"Requests-\xff"), "is no whole CSV: "),
        (ROWS.replace(b'"0.4"', b'"free"'), '"free" at '),
    ],
)
def test_what_is_no_offer_file_in_csv_is_refused(data, message):
    with pytest.raises(PriceListError) as raised:
        read_csv.read(io.BytesIO(data), everything)

    assert message in str(raised.value)


def test_of_two_columns_alike_the_one_that_says_something_counts():
    data = ROWS.replace(b'"Queue Type"', b'"Queue Type","queueType"')
    data = data.replace(b'"Standard"', b'"","Standard"')
    (found,) = read_csv.read(io.BytesIO(data), everything).products

    assert found.attributes["queuetype"] == "Standard"
