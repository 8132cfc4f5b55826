"""A broker of someone else: what its owner states, and unknown where nothing is stated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, found, priced, rules

BOXES = "c: {{type: server}}\nb: {{type: broker{more}}}\ns: {{type: server}}"
FLOWS = "- c -> b: {{rate: {rate}/s, size: {size}}}\n- b -> s"


def held(more: str, rate: int = 100, size: str = "1 KB"):
    return priced(BOXES.format(more=more), FLOWS.format(rate=rate, size=size))


def names(more: str, rate: int = 100, size: str = "1 KB") -> list[str]:
    return rules(BOXES.format(more=more), FLOWS.format(rate=rate, size=size))


def test_costs_what_is_stated():
    result = held(", monthly_cost: 2400.50, engine: Confluent Cloud")
    (charge,) = result.of("b")

    assert charge.list_cost == Decimal("2400.50")
    assert charge.price_source == "stated in the spec"
    assert charge.formula == "1 month × $2400.5"
    assert result.complete


def test_costs_an_unknown_sum_where_nothing_is_stated():
    result = held("")
    (charge,) = result.of("b")

    assert charge.list_cost is None
    assert "depends on monthly_cost" in charge.charge_description
    assert not result.complete


def test_the_month_may_have_any_number_of_hours():
    boxes, flows = BOXES.format(more=", monthly_cost: 10"), FLOWS.format(rate=1, size="1 KB")

    assert cost(priced(boxes, flows, hours_per_month=720), "b") == 10


@pytest.mark.parametrize(
    ("limit", "rate", "size", "exceeded"),
    [
        ("maximum_rate: 100/s", 100, "1 KB", False),
        ("maximum_rate: 100/s", 101, "1 KB", True),
        ("maximum_throughput: 100 KB", 100, "1 KB", False),
        ("maximum_throughput: 100 KB", 101, "1 KB", True),
    ],
)
def test_carries_what_its_owner_says(limit, rate, size, exceeded):
    assert ("broker_overloaded" in names(f", monthly_cost: 1, {limit}", rate, size)) is exceeded


def test_says_the_load_and_the_bound():
    boxes = BOXES.format(more=", monthly_cost: 1, maximum_rate: 100/s")
    (finding,) = found(boxes, FLOWS.format(rate=300, size="1 KB"))

    assert finding.message == (
        "300 messages/s come in at peak, over the 100 messages/s that it carries:"
        " a headroom of -200%"
    )


def test_takes_messages_up_to_a_size():
    stated = ", monthly_cost: 1, maximum_message_size: 1 KB"

    assert "message_too_large" not in names(stated, 1, "1024 B")
    assert "message_too_large" in names(stated, 1, "1025 B")


def test_a_public_one_is_reached_over_the_internet():
    boxes = (
        "c: {{type: client}}\nw: {{type: lambda.function, duration: 1 ms}}\nb: {{type: broker, {}}}"
    )
    flows = "- c -> w: {rate: 10/s, size: 64 KB}\n- w -> b"
    private = priced(boxes.format("monthly_cost: 1"), flows)
    public = priced(boxes.format("monthly_cost: 1, public: true"), flows)

    assert not [c for c in private.of("w") if c.charge_description.startswith("Data transfer")]
    # 26,280,000 × 64 KB ÷ 2^30 = 1,604.00390625 GB × $0.09
    assert cost(public, "w", "Data transfer") == Decimal("144.3603515625")
