"""Each product of AWS's list is one meter, and its neighbours are none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from offenders import expect_none
from prices.listed import LISTED, OTHERS, STRANGERS, UNNAMED
from prices.offers import listed, product, sku_of
from support import PRICES

from archcode.offers.filters import CATALOGUES
from archcode.offers.match import Match, matched
from archcode.offers.model import Product, normal
from archcode.pricebook import GLOBAL, places
from archcode.services import find, known_types

BOOK = {name: PRICES._text(name) for name in LISTED}  # noqa: SLF001 - the raw files
PLACES = ("us-east-1", "eu-west-1", "ap-south-1", GLOBAL)


def read(service, region, what, **changes) -> Product:
    """A product as a reader gives it."""
    made = product(service, region, sku_of(region, str(what)), what)
    named = {normal(key): value for key, value in {**made.attributes, **changes}.items()}
    return Product(made.sku, made.family, named)


def meters(service, region, found) -> set[str]:
    catalogue = CATALOGUES[service]
    return {*matched([found], catalogue.matches, catalogue.offer, region)}


def test_a_product_is_its_meter_and_no_other():
    known = [
        (name, region, meter)
        for name, text in BOOK.items()
        for region in PLACES
        if region in places(text)
        for meter in PRICES.prices(name, region)
    ]
    named = {key: {key[2]} - UNNAMED.get(key[0], set()) for key in known}
    wrong = [
        (*key, f"is {found or 'nothing'}")
        for key in known
        if (found := meters(*key[:2], read(*key[:2], listed(key[0], key[2])))) != named[key]
    ]
    covered = [key for key in known if CATALOGUES[key[0]].covers(key[2]) is not bool(named[key])]

    assert len(known) > 400
    expect_none([*wrong, *((*key, "is covered or not") for key in covered)])


def test_a_product_of_the_other_files_is_its_meter():
    known = [
        (service, GLOBAL if meter.startswith("free_tier") else region, meter, what)
        for service, meter, what in OTHERS
        for region in ("us-east-1", "eu-west-1")
    ]
    wrong = [
        (service, place, meter, f"is {found or 'nothing'}")
        for service, place, meter, what in known
        if (found := meters(service, place, read(service, place, what))) != {meter}
    ]
    uncovered = [
        (name, meter, "is not covered")
        for name, meter, _ in OTHERS
        if not CATALOGUES[name].covers(meter)
    ]

    expect_none([*wrong, *uncovered])


def test_a_neighbour_is_no_meter():
    expect_none(
        (service, what, found)
        for service, what in STRANGERS
        if (found := meters(service, "us-east-1", read(service, "us-east-1", what)))
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"locationType": "AWS Outposts"},
        {"locationType": "AWS Local Zone"},
        {"locationType": "AWS Wavelength Zone"},
        {"regionCode": "us-west-2"},
        {"servicecode": "AWSDataTransfer"},
        {"usagetype": "Requests-Tier1-Extra"},
        {"usagetype": "Outposts-Requests-Tier1"},
        {"usagetype": "eu-Requests-Tier1"},
    ],
)
def test_a_product_of_another_place_is_no_meter(changes):
    found = read("sqs", "us-east-1", listed("sqs", "standard_requests"), **changes)

    assert meters("sqs", "us-east-1", found) == set()


def test_older_products_have_no_region_code():
    found = read("sqs", "us-east-1", listed("sqs", "standard_requests"), regionCode="")

    assert meters("sqs", "us-east-1", found) == {"standard_requests"}


def test_free_quantities_are_those_of_the_account_only():
    free = read("sqs", GLOBAL, listed("sqs", "free_tier_requests_per_month"))

    assert meters("sqs", GLOBAL, free) == {"free_tier_requests_per_month"}
    assert meters("sqs", "us-east-1", free) == set()


def test_us_east_1_has_usage_types_of_its_own():
    for suffix in ("Requests-RBP", "Requests-FIFO-RBP", "Requests-Fair-RBP"):
        kind = {"Requests-RBP": "Standard", "Requests-Fair-RBP": "Fair"}.get(
            suffix, "FIFO (first-in, first-out)"
        )
        found = read("sqs", "us-east-1", ("API Request", suffix, {"queueType": kind}))
        assert len(meters("sqs", "us-east-1", found)) == 1


def test_express_brokers_are_no_kafka_brokers():
    for kind, meter in (
        ("Kafka", "broker_kafka_m7g_large"),
        ("Express", "broker_express_m7g_large"),
    ):
        what = ("", f"{kind}.m7g.large", {"operation": "RunBroker"})
        assert meters("msk", "us-east-2", read("msk", "us-east-2", what)) == {meter}


def test_a_new_instance_type_is_a_new_meter():
    catalogue = CATALOGUES["msk"]

    assert catalogue.unit("broker_kafka_m8g_large") == "broker-hour"
    assert catalogue.unit("serverless_data_in") == ""
    assert CATALOGUES["mq"].unit("rabbitmq_cluster_3_node_mq_m8g_large") == "cluster-hour"
    # EC2 has hundreds of sizes; the book grows only by those it has somewhere
    assert CATALOGUES["ec2"].unit("linux_ondemand_m9g_large") == ""


def test_every_meter_of_the_book_is_found_by_a_filter_or_by_its_sku():
    for name, text in BOOK.items():
        catalogue = CATALOGUES[name]
        found = {m for region in places(text) for m in PRICES.prices(name, region)}

        assert {m for m in found if not catalogue.covers(m)} == UNNAMED.get(name, set())


def test_units_of_families_are_those_of_the_book():
    for name, text in BOOK.items():
        for region in places(text):
            for meter, tiers in PRICES.prices(name, region).items():
                assert CATALOGUES[name].unit(meter) in ("", tiers[0].unit)


def test_every_price_file_has_a_catalogue():
    files = {find(kind).price_file for kind in known_types()} - {""}

    assert files <= {*CATALOGUES}
    assert list(CATALOGUES) == sorted(CATALOGUES)


def test_values_may_have_alternatives_or_be_none():
    match = Match("m", "Bytes", {"group": "A|B", "source": ""})
    base = Product("S", "", {"usagetype": "EU-Bytes", "group": "B"}, ())

    assert match.meter_of(base) == "m"
    assert match.meter_of(replace(base, attributes={**base.attributes, "group": "C"})) == ""
    assert match.meter_of(replace(base, attributes={**base.attributes, "source": "x"})) == ""


def test_a_family_needs_its_attribute():
    match = Match("to_{toregioncode}", "Bytes")

    assert match.meter_of(Product("S", "", {"usagetype": "Bytes"}, ())) == ""
    named = Product("S", "", {"usagetype": "Bytes", "toregioncode": "eu-west-1"}, ())
    assert match.meter_of(named) == "to_eu_west_1"


def test_every_filter_has_a_product_in_the_tests():
    proven = {(name, meter) for name, listed_ in LISTED.items() for meter in listed_}
    proven |= {(name, meter) for name, meter, _ in OTHERS}
    examples = {(name, meter.format("m5_large")) for name, meter in proven}

    expect_none(
        (name, match.meter)
        for name, catalogue in CATALOGUES.items()
        for match in catalogue.matches
        if not any(n == name and match.covers(m) for n, m in examples)
    )
