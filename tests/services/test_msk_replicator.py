"""MSK Replicator by hand: https://aws.amazon.com/msk/pricing/.

Prices of us-east-1 and us-west-2 on that page: $0.30 an hour and $0.08 per GB copied; transfer from
us-east-1 to us-west-2 $0.02 per GB (https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer).
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import PRICES, cost, found, priced, quantity, topology

from archcode.model import Severity


def spec(settings: str = "", flow: str = "rate: 1024/s, size: 1 KB", into: str = "") -> tuple:
    """Two serverless clusters with a replicator between them; 1 MB/s is 2,566.40625 GB a month."""
    components = f"""
        app: {{type: server}}
        here: {{type: msk.serverless_cluster}}
        copy: {{type: msk.replicator{settings}}}
        there: {{type: msk.serverless_cluster}}
    """
    flows = f"- app -> here: {{{flow}}}\n- here -> copy: {{{into}}}\n- copy -> there"
    return components, flows


WEST = "west: {kind: region, region: us-west-2, contains: [copy, there]}"
GB = Decimal("2566.40625")


class TestUsage:
    def test_hours_and_gb(self) -> None:
        # 730 × $0.30; 2,566.40625 × $0.08
        result = priced(*spec())
        assert cost(result, "copy", "Replicator") == 219
        assert quantity(result, "copy", "Data replicated") == GB
        assert cost(result, "copy", "Data replicated") == Decimal("205.3125")

    def test_a_filter_says_the_topics(self) -> None:
        # a quarter of 2,566.40625 GB is read and copied
        result = priced(*spec(into="filter: 25%"))
        assert quantity(result, "copy", "Data replicated") == Decimal("641.6015625")
        assert quantity(result, "here", "Data out") == Decimal("641.6015625")
        assert quantity(result, "there", "Data in") == Decimal("641.6015625")

    def test_the_source_cluster_sends_it_from_region_to_region_once(self) -> None:
        # 2,566.40625 GB × $0.02
        result = priced(*spec(), groups=WEST)
        transfers = [c for c in result.charges if c.charge_description.startswith("Data transfer")]
        (transfer,) = transfers
        assert transfer.resource_name == "here"
        assert transfer.charge_description == "Data transfer, out to us-west-2"
        assert transfer.list_cost == Decimal("51.328125")

    def test_it_is_priced_where_it_runs(self) -> None:
        (tier,) = PRICES.find("msk", "replicator_hour", "us-west-2")
        result = priced(*spec(), groups=WEST)
        assert {c.region_id for c in result.of("copy")} == {"us-west-2"}
        assert cost(result, "copy", "Replicator") == 730 * tier.usd

    def test_it_crosses_no_zone_of_brokers(self) -> None:
        components, flows = spec()
        info = "broker_node_group_info: {instance_type: kafka.m7g.large}"
        standard = components.replace(
            "here: {type: msk.serverless_cluster", f"here: {{type: msk.cluster, {info}"
        )
        # the producer alone: 2,566.40625 × 2/3 × 2
        result = priced(standard, flows)
        assert quantity(result, "here", "Data transfer, between zones") == Decimal("3421.875")


class TestLimits:
    @pytest.mark.parametrize(("topics", "over"), [(750, False), (751, True)])
    def test_topics(self, topics: int, *, over: bool) -> None:
        rules = {f.rule: f.severity for f in found(*spec(f", topics: {topics}"))}
        assert rules.get("replicated_topics_exceeded") == (Severity.WARNING if over else None)

    # 1 GB/s = 1,048,576 KB/s
    @pytest.mark.parametrize(("rate", "over"), [(1_048_576, False), (1_048_577, True)])
    def test_throughput(self, rate: int, *, over: bool) -> None:
        texts = spec(flow=f"rate: 1/s, peak: {rate}/s, size: 1 KB")
        rules = {f.rule: f.severity for f in found(*texts)}
        assert rules.get("replicator_ingress_exceeded") == (Severity.WARNING if over else None)

    @pytest.mark.parametrize(("number", "over"), [(15, False), (16, True)])
    def test_replicators_of_an_account(self, number: int, *, over: bool) -> None:
        names = [f"r{n}" for n in range(number)]
        boxes = ["a: {type: msk.serverless_cluster}", "b: {type: msk.serverless_cluster}"]
        boxes += ["app: {type: server}", *(f"{name}: {{type: msk.replicator}}" for name in names)]
        flows = ["- app -> a: {rate: 1/s, size: 1 KB}"]
        flows += [f"- a -> {name}\n- {name} -> b" for name in names]
        rules = [f.rule for f in found("\n".join(boxes), "\n".join(flows))]
        assert ("replicators_exceeded" in rules) is over


def test_what_it_copies_flows_on() -> None:
    result = topology(*spec(into="filter: 25%"))
    assert result.traffic["there"].received.messages_per_second == 256
