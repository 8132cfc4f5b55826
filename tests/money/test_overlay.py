"""Negotiated discounts and own rates, worked out by hand, and what an overlay may not say."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import PRICES, priced, spec_text

from archcode.errors import SpecError
from archcode.estimate import Estimate, price
from archcode.explanation import explain
from archcode.overlay.model import Overlay
from archcode.overlay.parse import parse_overlay
from archcode.render import estimate_json, focus_csv, markdown, picture, table
from archcode.rules import findings
from archcode.services import known_types
from archcode.spec.parse import parse
from archcode.statement import by_component, statement
from archcode.topology import propagate

QUEUES = "a: {type: sqs.queue, usage: {requests: 3M}}\nb: {type: sqs.queue, usage: {requests: 1M}}"
SHARDS = (
    "c: {type: client}\ns: {type: kinesis.stream, shard_count: 2, usage: {put_payload_units: 0}}\n"
)


def overlay(text: str) -> Overlay:
    return parse_overlay(f"title: Agreement\n{text}")


def agreed(components: str, terms: str, *, region: str = "us-east-1", free: bool = False):
    topology = propagate(parse(spec_text(components, region=region)))
    return price(topology, PRICES, free_tier=free, overlay=overlay(terms))


def costs(result: Estimate, name: str) -> list[tuple[Decimal | None, Decimal | None]]:
    return [(c.list_cost, c.contracted_cost) for c in result.of(name)]


def test_a_percentage_off_one_meter():
    result = agreed(QUEUES, "discounts: {sqs.queue/standard_requests: 20%}")

    # https://aws.amazon.com/sqs/pricing/: 3,000,000 x $0.0000004 = $1.20; 20% off: $0.96
    assert costs(result, "a") == [(Decimal("1.2"), Decimal("0.96"))]
    # 4,000,000 x $0.0000004 = $1.60, and $1.28
    assert (result.list_cost, result.contracted_cost) == (Decimal("1.6"), Decimal("1.28"))
    (charge,) = result.of("a")
    assert charge.contracted_unit_price == Decimal("0.00000032")
    assert charge.contract_terms == "20% off"
    assert charge.formula == (
        "3,000,000 stated under usage → 3,000,000 Requests × $0.0000004 × (1 − 20%)"
    )


def test_the_credit_of_a_free_tier_is_discounted_alike():
    result = agreed(QUEUES, "discounts: {sqs.queue: 20%}", free=True)

    # https://aws.amazon.com/sqs/pricing/: (4,000,000 - 1,000,000) x $0.0000004 x 0.8 = $0.96
    assert result.contracted_cost == Decimal("0.96")
    assert costs(result, "(account)") == [(Decimal("-0.4"), Decimal("-0.32"))]


def test_a_discount_of_a_type_holds_for_its_own_price_file_only():
    text = spec_text(
        "c: {type: client}\n"
        "f: {type: lambda.function, usage: {requests: 1M, gb_seconds: 0, internet_out_gb: 1000}}\n"
        "p: {type: partner}",
        "- c -> f: {rate: 1/s, size: 1 KB}\n- f -> p",
    )
    terms = overlay("discounts: {lambda.function: 50%}")
    result = price(propagate(parse(text)), PRICES, free_tier=False, overlay=terms)

    # https://aws.amazon.com/lambda/pricing/: 1,000,000 x $0.0000002 = $0.20, less 50%
    # https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer: 1,000 GB x $0.09 is not Lambda's
    assert (Decimal("0.2"), Decimal("0.1")) in costs(result, "f")
    assert (Decimal(90), Decimal(90)) in costs(result, "f")


def test_a_meter_counts_before_its_type_and_the_type_before_the_price_file():
    terms = "discounts: {sqs: 50%, sqs.queue: 30%, sqs.queue/standard_requests: 10%}"
    fifo = "f: {type: sqs.queue, fifo_queue: true, usage: {requests: 1M}}"
    result = agreed(f"{QUEUES}\n{fifo}", terms)

    # https://aws.amazon.com/sqs/pricing/: standard $1.20 less 10%, FIFO 1,000,000 x $0.0000005
    # = $0.50 less 30%
    assert costs(result, "a") == [(Decimal("1.2"), Decimal("1.08"))]
    assert costs(result, "f") == [(Decimal("0.5"), Decimal("0.35"))]


def test_a_price_file_may_be_discounted_as_a_whole():
    assert agreed(QUEUES, "discounts: {sqs: 50%}").contracted_cost == Decimal("0.8")


@pytest.mark.parametrize(
    ("rates", "hourly"),
    [
        ("{usd: 0.0132, region: us-east-1}", "0.0132"),
        ("{usd: 0.0132}", "0.0132"),
        ("{usd: 0.0132, region: eu-west-1}", "0.015"),  # another region's: the list price holds
        ("[{usd: 0.01}, {usd: 0.0132, region: us-east-1}]", "0.0132"),
    ],
)
def test_an_own_rate_takes_the_place_of_the_list_price(rates, hourly):
    terms = f"rates: {{kinesis.stream/provisioned_shard_hour: {rates}}}"
    result = agreed(SHARDS, terms)

    # https://aws.amazon.com/kinesis/data-streams/pricing/: 2 shards x 730 h x $0.015 = $21.90
    hours = next(c for c in result.of("s") if c.pricing_quantity == 1460)
    assert hours.list_cost == Decimal("21.9")
    assert hours.contracted_cost == 1460 * Decimal(hourly)


def test_an_own_rate_counts_before_a_discount():
    terms = "discounts: {sqs.queue: 50%}\nrates: {sqs.queue/standard_requests: {usd: 0.0000003}}"
    result = agreed(QUEUES, terms)

    # 4,000,000 x $0.0000003
    assert result.contracted_cost == Decimal("1.2")
    assert result.of("a")[0].formula.endswith("; own rate: 3,000,000 Requests × $0.0000003")


def test_an_own_rate_holds_in_every_tier():
    result = agreed(
        "q: {type: sqs.queue, usage: {requests: 150G}}",
        "rates: {sqs.queue/standard_requests: {usd: 0.0000001}}",
    )

    # https://aws.amazon.com/sqs/pricing/: list 100 G x $0.40/M + 50 G x $0.30/M = $55,000
    assert result.list_cost == Decimal(55_000)
    assert result.contracted_cost == Decimal(15_000)


def test_an_own_rate_is_known_where_the_list_price_is_not():
    terms = "rates: {sqs.queue/standard_requests: {usd: 0.0000005, region: cn-north-1}}"
    result = agreed(QUEUES, terms, region="cn-north-1")

    # 4,000,000 x $0.0000005
    assert (result.complete, result.listed) == (True, False)
    assert result.contracted_cost == 2
    assert findings(result) == ()
    assert result.of("a")[0].charge_description == "Requests, standard"
    assert result.of("a")[0].price_source == "price overlay Agreement"
    assert "at least $0.00" in table.render(result)


def test_a_part_of_an_unknown_price_stays_unknown():
    result = agreed(QUEUES, "discounts: {sqs.queue: 20%}", region="cn-north-1")

    assert not result.complete
    assert [f.rule for f in findings(result)].count("price_unknown") == 2


def test_without_an_overlay_contracted_is_list():
    result = priced(QUEUES, free_tier=True)

    assert result.contracted_cost == result.list_cost
    for charge in result.charges:
        assert charge.contracted_cost == charge.list_cost
        assert charge.contracted_unit_price == charge.list_unit_price


def test_zero_percent_changes_nothing_but_the_words():
    before = price(propagate(parse(spec_text(QUEUES))), PRICES)
    after = agreed(QUEUES, "discounts: {sqs.queue: 0%}", free=True)

    assert statement(after).total == statement(before).total
    assert by_component(statement(after)) == by_component(statement(before))
    assert [c.contracted_cost for c in after.charges] == [c.list_cost for c in before.charges]


def test_all_is_free_at_100_percent():
    result = agreed(QUEUES, "discounts: {sqs.queue: 100%}", free=True)

    assert result.contracted_cost == 0
    assert statement(result).rows[0].cost_text == "free"


def test_every_output_shows_list_cost_terms_and_contracted_cost():
    result = agreed(QUEUES, "discounts: {sqs.queue: 20%}")
    text = table.render(result).splitlines()

    assert text[1] == (
        "us-east-1, 730 hours a month, list prices in USD and the terms of Agreement"
    )
    head = "COMPONENT CHARGE QUANTITY LIST PRICE LIST COST TERMS UNIT PRICE A MONTH"
    assert text[3].split() == head.split()
    assert text[4].split()[-6:] == ["$0.0000004", "$1.20", "20%", "off", "$0.00000032", "$0.96"]
    assert text[6].split() == ["TOTAL", "$1.60", "-$0.32", "$1.28"]
    page = markdown.render(result, [])
    assert "| Total |  |  |  | $1.60 | -$0.32 |  | $1.28 |" in page
    document = estimate_json.document(result, [])
    assert document["price_overlay"] == "Agreement"
    assert (document["list_cost"], document["contracted_cost"]) == ("1.6", "1.28")
    row, *_ = csv.DictReader(io.StringIO(focus_csv.render(result)))
    assert (row["ListCost"], row["ContractedCost"]) == ("1.2", "0.96")
    assert (row["ListUnitPrice"], row["ContractedUnitPrice"]) == ("0.0000004", "0.00000032")
    explained = explain(result, "a")
    assert "Requests, standard: $0.96 (20% off, list $1.2)" in explained
    drawn = picture.render(result)
    assert drawn.subtitle == "us-east-1. Estimated $1.28 a month (USD, Agreement)"
    assert [box.cost for box in drawn.boxes] == ["$0.96/mo", "$0.32/mo"]


def test_a_title_of_several_lines_stays_on_one_and_is_no_markup():
    terms = parse_overlay('title: "A <b>\\nB | *c*"\ndiscounts: {sqs: 1%}')
    result = price(propagate(parse(spec_text(QUEUES))), PRICES, overlay=terms)

    assert "the terms of A &lt;b&gt; B \\| \\*c\\*" in markdown.render(result, [])
    assert "the terms of A <b> B | *c*\n" in table.render(result)


SHARES = st.decimals(0, 100, places=3)


@given(
    st.integers(0, 10**15),
    st.integers(0, 10**9),
    st.integers(1, 10**9),
    st.dictionaries(
        st.sampled_from(
            ["sqs", "sqs.queue", "sqs.queue/standard_requests", "sqs/fifo_requests", "sns"]
        ),
        SHARES,
    ),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_a_discount_never_raises_the_total_and_lines_add_up(first, second, fifo, shares, free):
    components = "\n".join(
        f"{name}: {{type: sqs.queue, fifo_queue: {kind}, usage: {{requests: {count}}}}}"
        for name, kind, count in (
            ("a", "false", first),
            ("b", "false", second),
            ("f", "true", fifo),
        )
    )
    terms = "\n".join(["discounts:", *(f"  {name}: {share}%" for name, share in shares.items())])
    result = agreed(components, terms, free=free)
    shown = statement(result)

    assert 0 <= result.contracted_cost <= result.list_cost
    assert sum((c.contracted_cost for c in result.charges), Decimal(0)) == pytest.approx(
        result.contracted_cost
    )
    assert sum((row.cost for row in shown.rows), Decimal(0)) == shown.total
    assert sum((row.list_cost for row in shown.rows), Decimal(0)) == shown.list_total
    assert abs(shown.total - result.contracted_cost) <= Decimal("0.005")


@given(SHARES, st.integers(1, 10**12))
@settings(max_examples=50, deadline=None)
def test_a_discount_is_exact(share, requests):
    result = agreed(
        f"q: {{type: sqs.queue, usage: {{requests: {requests}}}}}",
        f"discounts: {{sqs.queue: {share}%}}",
    )

    left = 1 - Fraction(share) / 100
    assert Fraction(result.contracted_cost) == Fraction(result.list_cost) * left


def test_every_type_can_be_discounted_or_says_why_not():
    for kind in known_types():
        try:
            found = overlay(f"discounts: {{{kind}: 10%}}").discounts
        except SpecError as error:
            (finding,) = error.findings
            assert finding.rule == "never_listed", kind
        else:
            assert set(found.values()) == {Decimal("0.1")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("discounts: {lambda.fuction: 3%}", '2:13 unknown_type "lambda.fuction" is no type and no'),
        ("discounts: {sqs.queue/reqests: 3%}", '2:13 unknown_meter "reqests" is no meter of sqs'),
        ("discounts: {sqs/reqests: 3%}", '2:13 unknown_meter "reqests" is no meter of sqs'),
        ("discounts: {client: 3%}", "2:13 never_listed has no price list: it is outside AWS"),
        ("discounts: {sqs: 101%}", '2:18 out_of_range is "101%", above 100%'),
        ("discounts: {sqs: -1%}", '2:18 negative_quantity is "-1%", below 0'),
        ("discounts: {sqs: 12}", "2:18 missing_unit is 12, a share without a unit"),
        ("discounts: {sqs: 1%, sqs: 2%}", '2:22 duplicate_key "sqs" stands here a second time'),
        ("discounts: [sqs]", "2:12 wrong_type is a list, not a mapping"),
        ("rates: {sqs: {usd: 1}}", "2:9 missing_meter needs one meter"),
        ("rates: {sqs/fifo_requests: 1}", "2:28 wrong_type is 1, not a rate such as"),
        ("rates: {sqs/fifo_requests: {}}", "2:28 missing_key needs usd"),
        ("rates: {sqs/fifo_requests: {usd: -1}}", "2:34 out_of_range is -1, below 0"),
        (
            "rates: {sqs/fifo_requests: {usd: 1e7}}",
            "2:34 out_of_range is 10000000, above 1,000,000",
        ),
        ("rates: {sqs/fifo_requests: {usd: 1e-21}}", "2:34 out_of_range is 0.00"),
        ("rates: {sqs/fifo_requests: {usd: $1}}", '2:34 wrong_type is "$1", not a number of US'),
        ("rates: {sqs/fifo_requests: {usd: true}}", "2:34 wrong_type is true, not a number"),
        ("rates: {sqs/fifo_requests: {usd: 1, regoin: x}}", '2:37 unknown_key has no key "regoin"'),
        (
            "rates: {sqs/fifo_requests: {usd: 1, region: us-east-l}}",
            '2:45 unknown_region is "us-east-l", which is no AWS region',
        ),
        (
            "rates: {sqs/fifo_requests: [{usd: 1}, {usd: 2}]}",
            "2:39 rated_twice is the second rate of sqs/fifo_requests in all regions",
        ),
        ("discount: {sqs: 1%}", '2:1 unknown_key has no key "discount"'),
        ("title: Again", '2:1 duplicate_key "title" stands here a second time'),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, said):
    with pytest.raises(SpecError) as raised:
        overlay(text)

    lines = [f"{f.line}:{f.column} {f.rule} {f.message}" for f in raised.value.findings]
    assert len(lines) == 1, lines
    assert lines[0].startswith(said)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty_file"),
        ("discounts: {sqs: 1%}", "missing_key"),
        ("title: ''", "empty_value"),
        ("title: 3", "wrong_type"),
        (f"title: {'x' * 81}", "too_long"),
        ("- sqs", "wrong_type"),
    ],
)
def test_an_overlay_needs_a_title(text, rule):
    with pytest.raises(SpecError) as raised:
        parse_overlay(text)

    assert [finding.rule for finding in raised.value.findings] == [rule]


def test_all_problems_are_told_at_once_in_the_order_of_the_text():
    with pytest.raises(SpecError) as raised:
        parse_overlay("rates: {x/y: {usd: 1}}\ndiscounts: {sqs: 1}\nnothing: 1\n")

    lines = [finding.line for finding in raised.value.findings]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_two_names_of_one_price_may_not_disagree():
    with pytest.raises(SpecError, match="discounts sqs/fifo_requests a second time"):
        overlay("discounts: {sqs/fifo_requests: 1%, sqs.queue/fifo_requests: 2%}")

    assert overlay("discounts: {sqs/fifo_requests: 1%, sqs.queue/fifo_requests: 1%}").discounts


def test_an_estimate_keeps_what_was_agreed():
    result = agreed(QUEUES, "discounts: {sqs.queue: 20%}")

    assert result.overlay is not None
    assert result.overlay.title == "Agreement"
    assert replace(result, overlay=None).contracted_cost == result.contracted_cost
