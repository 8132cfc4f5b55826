"""Amazon EC2, Linux on demand: https://aws.amazon.com/ec2/pricing/on-demand/, us-east-1."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import PRICES, cost, priced, quantity, rules

from archcode.services.ec2 import INSTANCE_TYPES

FLOWS = "- c -> e: {{rate: {rate}/s, size: {size}, response_size: 1 KB}}"


def served(more: str, rate: int = 10, size: str = "1 KB"):
    boxes = f"c: {{type: client}}\ne: {{type: ec2.instance, {more}}}"
    return priced(boxes, FLOWS.format(rate=rate, size=size))


def names(more: str, rate: int = 10, size: str = "1 KB") -> list[str]:
    boxes = f"c: {{type: client}}\ne: {{type: ec2.instance, {more}}}"
    return rules(boxes, FLOWS.format(rate=rate, size=size))


class TestHours:
    def test_instances_run_all_month(self):
        # 2 × 730 h × $0.0816
        result = served("instance_type: m7g.large, instances: 2")

        assert cost(result, "e", "Instances, m7g.large") == Decimal("119.1360")

    def test_one_instance_where_nothing_else_is_said(self):
        assert quantity(served("instance_type: t3.micro"), "e", "Instances") == 730

    def test_derived_from_duration_and_concurrency(self):
        # 10/s × 2 s ÷ 4 = 5 instances
        result = served("instance_type: t3.micro, duration: 2 s, concurrency: 4")

        assert quantity(result, "e", "Instances") == 5 * 730
        assert [size.required for size in result.capacity["e"]] == [5]

    @pytest.mark.parametrize("kind", INSTANCE_TYPES)
    def test_every_type_has_its_price(self, kind):
        (tier,) = PRICES.find("ec2", f"linux_ondemand_{kind.replace('.', '_')}", "us-east-1")

        assert cost(served(f"instance_type: {kind}"), "e", f"Instances, {kind}") == 730 * tier.usd

    def test_all_types_of_the_book_are_known(self):
        book = set(PRICES.prices("ec2", "us-east-1"))

        assert book == {f"linux_ondemand_{kind.replace('.', '_')}" for kind in INSTANCE_TYPES}

    def test_another_type_is_unknown_and_not_free(self):
        result = served("instance_type: x2gd.metal")

        assert [c.list_cost for c in result.of("e") if "Inst" in c.charge_description] == [None]

    def test_volumes_are_unknown_and_not_free(self):
        result = served("instance_type: t3.micro, instances: 3, volume_size: 100")
        (volume,) = [c for c in result.of("e") if c.charge_description.startswith("Volumes")]

        assert (volume.pricing_quantity, volume.list_cost) == (300, None)


class TestFindings:
    def test_too_few(self):
        # 10/s × 1 s = 10 instances
        stated = "instance_type: t3.micro, duration: 1 s, instances: {}"

        assert "too_few_workers" in names(stated.format(9))
        assert "too_few_workers" not in names(stated.format(10))

    def test_one_connection_carries_5_gbit(self):
        # 625,000,000 bytes/s: 1,000/s × 625,000 B
        at, above = "625000 B", "625001 B"
        stated = "instance_type: m5.large, instances: 1"

        assert "single_flow_bandwidth_exceeded" not in names(stated, 1000, at)
        assert "single_flow_bandwidth_exceeded" in names(stated, 1000, above)


def test_answers_to_the_internet_are_transfer():
    # 10/s × 2,628,000 s × 1,024 B ÷ 2^30 = 25.0625... GB × $0.09
    result = served("instance_type: t3.micro")

    assert quantity(result, "e", "Data transfer") == Decimal("25.062561035156")
    assert cost(result, "e", "Data transfer") == Decimal("2.25563049316404")
