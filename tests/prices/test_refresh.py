"""A region's prices anew: what is found, what is refused, what is left, and what changed."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from msgspec.structs import replace
from prices.listed import LISTED
from prices.offers import VERSION, Dimension, Term, as_csv, as_json, flat, listing, product, sku_of
from support import PRICES

from archcode.offers import book, read_csv, read_json
from archcode.offers.changes import compared, report
from archcode.offers.filters import CATALOGUES
from archcode.offers.refresh import Catalogue, gone, refresh
from archcode.pricebook import GLOBAL, parse, places

BOOK = {name: PRICES._text(name) for name in LISTED}  # noqa: SLF001 - the raw files
EU = "eu-west-1"
SKU = "SSZJAF3K6XY544ES"  # Amazon SQS standard requests in eu-west-1
READ = {"json": (read_json.read, as_json), "csv": (read_csv.read, as_csv)}


def units(text):
    return {m: tiers[0].unit for r in places(text) for m, tiers in parse(text, r).items()}


def offered(service, products, kind="json"):
    reader, writer = READ[kind]
    catalogue = CATALOGUES[service]
    text = BOOK[service]
    wanted = catalogue.wanted(units(text), *(parse(text, region) for region in places(text)))
    return reader(io.BytesIO(writer(catalogue.offer, products)), wanted)


def refreshed(service, region, edit=lambda found: found, kind="json", **changes):
    """A region of the book, anew from a list whose products `edit` has changed."""
    text = BOOK[service]
    products = edit(listing(service, text, "us-east-1" if region == GLOBAL else region))
    old = changes.get("old", parse(text, region))
    return refresh(CATALOGUES[service], offered(service, products, kind), region, old, units(text))


def prices(found):
    return {m: [(t.start, t.end, t.usd, t.unit) for t in tiers] for m, tiers in found.items()}


def without(sku):
    return lambda found: [one for one in found if one.sku != sku]


def repriced(sku, usd):
    """The same products, one of them at another price in all its tiers."""

    def edit(found):
        return [
            replace(
                one,
                terms=tuple(
                    replace(t, dimensions=tuple(replace(d, usd=usd) for d in t.dimensions))
                    for t in one.terms
                ),
            )
            if one.sku == sku
            else one
            for one in found
        ]

    return edit


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("service", BOOK)
@pytest.mark.parametrize("region", ["us-east-1", EU, "ap-south-1", "sa-east-1", GLOBAL])
def test_a_list_of_the_same_prices_gives_the_same_book(service, region, kind):
    old = parse(BOOK[service], region)
    new = refreshed(service, region, kind=kind)

    assert (new.refusals, new.kept) == ((), ())
    assert prices(new.prices) == prices(old)


def test_rows_say_where_and_when_they_were_read():
    rows = refreshed("sqs", EU).prices["standard_requests"]

    aws = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws"

    assert {row.source for row in rows} == {f"{aws}/AWSQueueService/{VERSION}/eu-west-1/index.json"}
    assert {row.source_date for row in rows} == {"2026-11-01"}
    assert {row.confidence for row in rows} == {"high"}
    assert [row.rate_code for row in rows] == [
        f"{SKU}.JRTCKXETXF.{suffix}" for suffix in ("VXGXCWQKTY", "9JVYQWEJJY", "27HCEGFCXT")
    ]


def test_free_quantities_are_read_from_the_file_of_us_east_1():
    (row,) = refreshed("sqs", GLOBAL).prices["free_tier_requests_per_month"]

    assert "/us-east-1/" in row.source
    assert (row.start, row.end, row.usd) == (0, 1_000_000, 0)


def test_a_filter_settles_which_of_several_products_a_meter_is():
    before = parse(BOOK["kinesis"], EU)["ondemand_advantage_data_ingested"]
    after = refreshed("kinesis", EU).prices["ondemand_advantage_data_ingested"]

    assert before[0].rate_code.startswith("one_of[")
    assert after[0].rate_code.endswith(".JRTCKXETXF.6YS6EN2CT7")
    assert after[0].sku_id in before[0].sku_id.split("|")


def test_a_price_that_aws_changed_is_taken():
    new = refreshed("sqs", EU, repriced(SKU, "0.0000005000"))

    assert {tier.usd for tier in new.prices["standard_requests"]} == {Decimal("0.0000005")}
    assert new.refusals == ()


def test_a_meter_that_the_list_no_longer_has_is_refused():
    new = refreshed("sqs", EU, without(SKU))

    (refusal,) = new.refusals
    assert (refusal.rule, refusal.meter, refusal.region) == (
        "price_missing", "standard_requests", EU,
    )  # fmt: skip
    assert refusal.message == "has no price in AWS's list any more"
    assert refusal.hint == "--allow-missing drops it"
    assert "standard_requests" not in new.prices


def test_a_meter_without_a_filter_is_found_by_its_sku():
    meter = "snapstart_cache"
    (old,) = parse(BOOK["lambda"], EU)[meter]
    (row,) = refreshed("lambda", EU, repriced(old.sku_id, "0.5")).prices[meter]

    assert row.usd == Decimal("0.5")
    assert row.confidence == old.confidence
    assert row.rate_code == old.rate_code

    gone_now = refreshed("lambda", EU, without(old.sku_id))
    assert [(r.rule, r.meter) for r in gone_now.refusals] == [("price_missing", meter)]


def test_a_product_that_no_filter_finds_is_found_by_its_sku():
    def renamed(found):
        return [
            replace(one, attributes={**one.attributes, "usagetype": "EU-Requests-New"})
            if one.sku == SKU
            else one
            for one in found
        ]

    new = refreshed("sqs", EU, renamed)

    assert new.refusals == ()
    assert {row.sku_id for row in new.prices["standard_requests"]} == {SKU}


def twin(usd):
    """A second product that the filter takes for standard requests, at a price."""
    sku = sku_of("twin")
    made = product("sqs", EU, sku, ("API Request", "Requests-RBP", {"queueType": "Standard"}))
    return replace(made, terms=(flat(sku, usd),))


def test_two_products_of_one_meter_at_two_prices_are_refused_by_name():
    new = refreshed("sqs", EU, lambda found: [*found, twin("0.0000009000")])

    (refusal,) = new.refusals
    assert (refusal.rule, refusal.meter) == ("ambiguous_price", "standard_requests")
    assert SKU in refusal.message
    assert f"{sku_of('twin')} (EU-Requests-RBP at 0.0000009)" in refusal.message
    assert "standard_requests" not in new.prices


def test_two_products_of_one_meter_at_one_price_are_both_named():
    def edit(found):
        twins = [
            replace(one, sku=sku_of("twin"))
            for one in found
            if one.sku == "YZJ6HUUABH4W64YV"  # fair queues in eu-west-1
        ]
        return [*found, *twins]

    (row,) = refreshed("sqs", EU, edit).prices["fair_queue_requests_surcharge"]

    assert row.rate_code == f"one_of[{'|'.join(sorted([sku_of('twin'), 'YZJ6HUUABH4W64YV']))}]"
    assert row.usd == Decimal("0.0000001")


def test_a_filter_that_finds_another_product_than_the_book_named_is_refused():
    def moved(found):
        """The product of the book is called otherwise, and another one has its name."""
        return [
            *(
                replace(one, attributes={**one.attributes, "usagetype": "EU-Requests-Old"})
                if one.sku == SKU
                else one
                for one in found
            ),
            twin("0.0000009000"),
        ]

    (refusal,) = refreshed("sqs", EU, moved).refusals

    assert refusal.rule == "ambiguous_price"
    assert SKU in refusal.message


def test_a_product_that_replaces_another_is_taken():
    new = refreshed("sqs", EU, lambda found: [*without(SKU)(found), twin("0.0000009000")])
    (row,) = new.prices["standard_requests"]

    assert new.refusals == ()
    assert row.sku_id == sku_of("twin")


def dimensions(*bounds):
    return (
        Term(
            tuple(
                Dimension(f"{SKU}.JRTCKXETXF.{'T' * 9}{i}", start, end, "0.1")
                for i, (start, end) in enumerate(bounds)
            )
        ),
    )


@pytest.mark.parametrize(
    ("bounds", "fact"),
    [
        ([("0", "10"), ("11", "Inf")], "a tier begins at 11, not at 10"),
        ([("0", "10"), ("9", "Inf")], "a tier begins at 9, not at 10"),
        ([("5", "Inf")], "a tier begins at 5, not at 0"),
        ([("0", "10")], "the tiers end at 10"),
        ([("0", "Inf"), ("10", "Inf")], "a tier begins at 10, not at the end"),
    ],
)
def test_tiers_that_leave_a_gap_or_overlap_are_refused(bounds, fact):
    def edit(found):
        return [replace(one, terms=dimensions(*bounds)) if one.sku == SKU else one for one in found]

    (refusal,) = refreshed("sqs", EU, edit).refusals

    assert refusal.rule == "broken_tiers"
    assert refusal.message == f"has tiers that do not add up in {SKU}: {fact}"


def test_a_free_quantity_without_an_end_is_refused():
    def edit(found):
        return [
            replace(one, terms=(flat(one.sku, "0"),)) if one.sku == "MNCJEPJRCSC9RFY2" else one
            for one in found
        ]

    (refusal,) = refreshed("sqs", GLOBAL, edit).refusals

    assert (refusal.rule, refusal.region) == ("broken_tiers", GLOBAL)
    assert "the free quantity has no end" in refusal.message


def test_a_price_that_became_zero_stands_for_no_price():
    (refusal,) = refreshed("sqs", EU, repriced(SKU, "0.0000000000")).refusals

    assert refusal.rule == "price_missing"
    assert refusal.message == f"is listed at 0 in {SKU}, which stands for no price"


def test_what_was_free_before_stays_free():
    new = refreshed("sns", EU)

    assert {tier.usd for tier in new.prices["standard_delivery_sqs"]} == {0}


def test_a_meter_that_a_region_did_not_have_is_added():
    old = {m: tiers for m, tiers in parse(BOOK["sqs"], EU).items() if m != "fifo_requests"}
    new = refreshed("sqs", EU, old=old)

    assert new.prices["fifo_requests"][0].unit == "request_64kb_chunk"


def test_a_meter_that_the_book_does_not_have_anywhere_is_not_added():
    text = BOOK["sqs"]
    old = {m: tiers for m, tiers in parse(text, EU).items() if m != "fifo_requests"}
    known = {m: unit for m, unit in units(text).items() if m != "fifo_requests"}
    found = offered("sqs", listing("sqs", text, EU))

    assert "fifo_requests" not in refresh(CATALOGUES["sqs"], found, EU, old, known).prices


def test_a_new_size_of_broker_is_added():
    sku = sku_of("m8g")
    what = ("", "Kafka.m8g.2xlarge", {"operation": "RunBroker"})
    broker = replace(product("msk", EU, sku, what), terms=(flat(sku, "1.5"),))
    (row,) = refreshed("msk", EU, lambda found: [*found, broker]).prices["broker_kafka_m8g_2xlarge"]

    assert (row.usd, row.unit, row.sku_id) == (Decimal("1.5"), "broker-hour", sku)


def test_a_row_that_is_not_of_the_list_stays_as_it_is():
    text = BOOK["sqs"]
    old = parse(text, EU)
    own = (replace(old["standard_requests"][-1], start=Decimal(0), rate_code="our contract"),)
    catalogue = Catalogue("AWSQueueService")
    found = offered("sqs", listing("sqs", text, EU))
    new = refresh(catalogue, found, EU, {"ours": own, **old}, {"ours": "request", **units(text)})

    assert new.kept == ("ours",)
    assert new.prices["ours"] == own


def test_a_region_that_left_the_list_misses_all_its_meters():
    refusals = gone(parse(BOOK["sqs"], EU), EU, "AWSQueueService")

    assert [r.meter for r in refusals] == sorted(parse(BOOK["sqs"], EU))
    assert {r.message for r in refusals} == {
        "is not in AWS's list: AWSQueueService has no file for the region"
    }


@pytest.mark.parametrize("service", BOOK)
def test_a_book_is_written_as_it_was_read(service):
    text = BOOK[service]

    assert book.text({region: parse(text, region) for region in places(text)}) == text


def test_equal_changes_of_many_regions_are_one():
    text = BOOK["sqs"]

    def dearer(prices):
        return {
            m: tuple(replace(t, usd=t.usd * 2) if m == "fifo_requests" else t for t in tiers)
            for m, tiers in prices.items()
        }

    regions = [r for r in places(text) if r != GLOBAL]
    found = report(
        (region, change)
        for region in regions
        for change in compared("sqs", parse(text, region), dearer(parse(text, region)))
    )
    of_36 = [change for change, names in found.changes.items() if len(names) > 20]

    assert found.counts == {"unchanged": 36 * 4, "changed": 36 * 3}
    assert sum(len(names) for names in found.changes.values()) == 36 * 3
    assert {change.percent for change in found.changes} == {Decimal(100)}
    assert of_36


def test_a_tier_with_other_bounds_is_dropped_and_added():
    old = parse(BOOK["sqs"], EU)
    tier = old["standard_requests"][0]
    flat_now = {"standard_requests": (replace(tier, end=None),)}
    kinds = [
        c.kind for c in compared("sqs", {"standard_requests": old["standard_requests"]}, flat_now)
    ]

    assert sorted(kinds) == ["added", "dropped", "dropped", "dropped"]
    assert report([]).changes == {}
