"""Tiers, free tiers, sums and unknowns, worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PRICES, cost, priced, spec_text, topology

from archcode.cli._io import bundled_folder, read_prices
from archcode.estimate import price, total
from archcode.pricebook import PriceBook
from archcode.spec.parse import parse
from archcode.statement import statement
from archcode.topology import propagate
from archcode.units import cents

QUEUES = "c: {type: client}\na: {type: sqs.queue}\nb: {type: sqs.queue}"


def stated(**requests: str) -> str:
    return "\n".join(
        f"{name}: {{type: sqs.queue, usage: {{requests: {count}}}}}"
        for name, count in requests.items()
    )


@pytest.mark.parametrize(
    ("requests", "dollars"),
    [
        # https://aws.amazon.com/sqs/pricing/: $0.40, $0.30 and $0.24 per million from 100 and 200 G
        ("100G", Decimal(40_000)),
        ("100000000001", Decimal(40_000) + Decimal("0.0000003")),
        ("200G", Decimal(40_000) + Decimal(30_000)),
        ("200000000001", Decimal(70_000) + Decimal("0.00000024")),
        ("300G", Decimal(70_000) + Decimal(24_000)),
    ],
)
def test_tier_edges(requests, dollars):
    assert priced(stated(q=requests)).list_cost == dollars


def test_tiers_count_for_the_whole_account_and_each_component_bears_its_part():
    # 150 G in all: 100 G x $0.40/M + 50 G x $0.30/M = $55,000; a bears two thirds, b one third
    result = priced(stated(a="100G", b="50G"))

    assert result.list_cost == Decimal(55_000)
    assert abs(cost(result, "a") - Decimal(55_000) * 2 / 3) < Decimal("1e-10")
    assert abs(cost(result, "b") - Decimal(55_000) / 3) < Decimal("1e-10")


def test_the_sqs_free_tier_is_one_million_requests_of_all_queues_together():
    result = priced(stated(a="700k", b="700k"), free_tier=True)

    # 1,400,000 x $0.0000004 - 1,000,000 x $0.0000004
    assert result.list_cost == Decimal("0.16")
    assert cost(result, "(account)") == Decimal("-0.4")


def test_the_free_tier_is_spent_on_standard_queues_first():
    # It would save more on the FIFO queue; AWS does not say, so the estimate errs on the high side.
    result = priced(
        "a: {type: sqs.queue, usage: {requests: 600k}}\n"
        "b: {type: sqs.queue, fifo_queue: true, usage: {requests: 600k}}",
        free_tier=True,
    )

    credit = Decimal(600_000) * Decimal("0.0000004") + Decimal(400_000) * Decimal("0.0000005")
    assert cost(result, "(account)") == -credit


def test_a_free_tier_is_taken_off_the_last_tier_that_is_reached():
    # 100,000,500,000 requests: 500,000 at $0.30/M, the other half million at $0.40/M
    result = priced(stated(q="100000500000"), free_tier=True)

    credit = Decimal(500_000) * (Decimal("0.0000003") + Decimal("0.0000004"))
    assert cost(result, "(account)") == -credit


def test_govcloud_has_no_free_tier():
    result = priced(stated(q="5M"), region="us-gov-west-1", free_tier=True)

    assert {charge.resource_name for charge in result.charges} == {"q"}


def test_a_region_without_prices_is_unknown_and_the_total_a_lower_bound():
    result = priced(stated(q="5M"), region="cn-north-1")

    assert not result.complete
    assert [c.list_cost for c in result.charges] == [None]
    assert [c.list_unit_price for c in result.charges] == [None]
    assert statement(result).total_text == "at least $0.00"


def test_a_meter_missing_in_the_book_is_unknown_and_others_stay_known():
    def read(service: str) -> str | None:
        return None if service == "sqs" else read_prices(bundled_folder(), service)

    spec = parse(
        spec_text(
            "c: {type: client}\nt: {type: sns.topic}\nq: {type: sqs.queue}",
            "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> q",
        )
    )
    result = price(propagate(spec), PriceBook(read), free_tier=False)

    assert not result.complete
    assert cost(result, "t") == Decimal("1.314")
    assert [c.list_cost for c in result.of("q")] == [None]


def test_hours_per_month_scale_what_is_metered():
    def dollars(hours: int) -> Decimal:
        spec = parse(spec_text(QUEUES, "- c -> a: {rate: 1/s, size: 1 KB}"))
        return price(propagate(spec, hours_per_month=hours), PRICES, free_tier=False).list_cost

    assert dollars(744) / dollars(372) == 2


def test_a_price_may_be_asked_for_another_region():
    spec = parse(spec_text(stated(q="1M")))
    result = price(propagate(spec, region="sa-east-1"), PRICES, free_tier=False)

    # https://aws.amazon.com/sqs/pricing/: São Paulo, $0.55 per million standard requests
    row = PRICES.find("sqs", "standard_requests", "sa-east-1")[0]
    assert result.list_cost == row.usd * 1_000_000
    assert result.charges[0].region_id == "sa-east-1"


def test_every_charge_can_be_traced_to_a_row_of_the_price_book():
    result = priced(stated(q="1M"))

    (charge,) = result.charges
    row = PRICES.find("sqs", "standard_requests", "us-east-1")[0]
    assert charge.sku_id == row.rate_code.split(".")[0]
    assert charge.price_source == f"{row.source}#{row.rate_code}"
    assert charge.price_date == row.source_date
    assert charge.formula == "1,000,000 stated under usage → 1,000,000 Requests × $0.0000004"


specs = st.builds(
    lambda entering, batch, size, failing, duration: (
        f"""
        c: {{type: client}}
        t: {{type: sns.topic}}
        q: {{type: sqs.queue, redrive_policy: {{dead_letter_target: d, max_receive_count: 3}}}}
        d: {{type: sqs.queue}}
        f: {{type: lambda.function, memory_size: 512, timeout: 60, duration: {duration} ms}}
        """,
        f"""
        - c -> t: {{rate: {entering}/day, size: {size} B}}
        - t -> q
        - q -> f: {{batch: {batch}, failure_rate: {failing}%}}
        """,
    ),
    st.integers(1, 10**12),
    st.integers(1, 10),
    st.integers(1, 262_144),
    st.integers(0, 50),
    st.integers(1, 60_000),
)


@given(specs, st.integers(1, 10))
@settings(max_examples=60, deadline=None)
def test_more_traffic_never_costs_less(spec, times):
    components, flows = spec
    more = flows.replace("{rate: ", f"{{rate: {times}")

    for free_tier in (False, True):
        less = priced(components, flows, free_tier=free_tier).list_cost
        assert priced(components, more, free_tier=free_tier).list_cost >= less


@given(specs)
@settings(max_examples=40, deadline=None)
def test_lines_sum_to_the_total_exactly_and_shown_lines_to_the_shown_total(spec):
    result = priced(*spec, free_tier=True)
    shown = statement(result)

    assert total(result.charges) == result.list_cost
    assert sum(row.cost for row in shown.rows) == shown.total
    assert abs(shown.total - result.list_cost) <= Decimal("0.005")


@given(specs, st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_components_and_flows_changes_no_cost(spec, random):
    components, flows = spec
    names = components.strip().splitlines()
    arrows = flows.strip().splitlines()
    random.shuffle(names)
    random.shuffle(arrows)
    shuffled = priced(
        "\n".join(n.strip() for n in names), "\n".join(a.strip() for a in arrows), free_tier=True
    )

    before = priced(*spec, free_tier=True)
    assert shuffled.list_cost == before.list_cost
    assert {c.resource_name: cost(shuffled, c.resource_name) for c in shuffled.charges} == {
        c.resource_name: cost(before, c.resource_name) for c in before.charges
    }


@given(st.lists(st.decimals(-1000, 1000, allow_nan=False, places=9), max_size=30))
def test_cents_add_up_to_the_rounded_sum(values):
    shown = cents(values)

    assert sum(shown, Decimal(0)) == sum(values, Decimal(0)).quantize(Decimal("0.01"))
    assert all(
        abs(a - b) < Decimal("0.01") + Decimal("1e-9") for a, b in zip(shown, values, strict=True)
    )


def test_nothing_in_the_topology_costs_nothing():
    assert price(topology("c: {type: client}"), PRICES).charges == ()
