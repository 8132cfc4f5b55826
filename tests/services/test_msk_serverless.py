"""MSK Serverless by hand: https://aws.amazon.com/msk/pricing/ and its quotas.

Prices of us-east-1 on that page: $0.75 per cluster-hour, $0.0015 per partition-hour, $0.10 per
GB-month kept and GB written, $0.05 per GB read.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, found, priced, quantity

from archcode.model import Finding, Severity


def spec(
    settings: str = "", flow: str = "rate: 1/s, size: 1 KB", readers: tuple[str, ...] = ()
) -> tuple[str, str]:
    """One producer, one serverless cluster, and a consumer group for each text of options."""
    names = [f"c{number}" for number in range(len(readers))]
    boxes = ["app: {type: server}", f"log: {{type: msk.serverless_cluster{settings}}}"]
    flows = [f"- app -> log: {{{flow}}}"]
    flows += [f"- log -> {n}: {{{option}}}" for n, option in zip(names, readers, strict=True)]
    return "\n".join([*boxes, *(f"{n}: {{type: server}}" for n in names)]), "\n".join(flows)


def peak(rate: int) -> str:
    """KB/s at the peak."""
    return f"rate: 1/s, peak: {rate}/s, size: 1 KB"


def partitions(*texts: str) -> int:
    (capacity,) = priced(*texts).capacity["log"]
    return capacity.required


def named(word: str, *texts: str) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in found(*texts) if word in f.rule]


def one(rule: str, *texts: str) -> Finding:
    (finding,) = [f for f in found(*texts) if f.rule == rule]
    return finding


class TestPartitions:
    def test_one_at_least(self) -> None:
        assert partitions(*spec()) == 1

    # 5 MB/s = 5,120 KB/s
    @pytest.mark.parametrize(("rate", "number"), [(5120, 1), (5121, 2), (10_241, 3)])
    def test_what_comes_in(self, rate: int, number: int) -> None:
        assert partitions(*spec(flow=peak(rate))) == number

    # 10 MB/s = 10,240 KB/s, read by four groups: 2,560 KB/s each
    @pytest.mark.parametrize(("rate", "number"), [(2560, 1), (2561, 2)])
    def test_what_goes_out(self, rate: int, number: int) -> None:
        assert partitions(*spec(flow=peak(rate), readers=("label: reads",) * 4)) == number

    def test_the_largest_group(self) -> None:
        assert partitions(*spec(readers=("consumers: 7", "consumers: 3"))) == 7

    def test_formula(self) -> None:
        texts = spec(flow=peak(6144), readers=("consumers: 3",))
        (capacity,) = priced(*texts).capacity["log"]
        assert capacity.formula == (
            "needs 3: 3 consumers of c0 needs 3, 6 MB/s in at peak over 5 MB/s of one partition"
            " needs 2, 6 MB/s out at peak over 10 MB/s of one partition needs 1"
        )


class TestUsage:
    FLOW = "rate: 1024/s, size: 1 KB"

    def test_hours(self) -> None:
        # 730 × $0.75; 20 × 730 = 14,600 × $0.0015
        result = priced(*spec(", partitions: 20"))
        assert cost(result, "log", "Serverless cluster") == Decimal("547.5")
        assert quantity(result, "log", "Serverless partitions") == 14_600
        assert cost(result, "log", "Serverless partitions") == Decimal("21.9")

    def test_data_in(self) -> None:
        # 1 MB/s × 2,628,000 s ÷ 1,024 = 2,566.40625 GB × $0.10
        result = priced(*spec(flow=self.FLOW))
        assert quantity(result, "log", "Data in") == Decimal("2566.40625")
        assert cost(result, "log", "Data in") == Decimal("256.640625")

    def test_data_out_is_all_of_it_for_each_group(self) -> None:
        # 2 × 2,566.40625 GB × $0.05; a filter is the consumer's own
        result = priced(*spec(flow=self.FLOW, readers=("label: reads", "filter: 1%")))
        assert quantity(result, "log", "Data out") == Decimal("5132.8125")
        assert cost(result, "log", "Data out") == Decimal("256.640625")

    def test_storage_is_one_copy(self) -> None:
        # 1 MB/s × 86,400 s ÷ 1,024 = 84.375 GB × $0.10, and 7 d by default
        result = priced(*spec(", retention: 1 d", self.FLOW))
        assert cost(result, "log", "Serverless storage") == Decimal("8.4375")
        assert quantity(priced(*spec(flow=self.FLOW)), "log", "Serverless storage") == Decimal(
            "590.625"
        )

    def test_clients_of_other_zones_are_free(self) -> None:
        # 547.5 + 1.095 + 590.625 × 0.10 + 256.640625 and nothing else
        result = priced(*spec(flow=self.FLOW))
        assert result.list_cost == Decimal("864.298125")
        assert result.complete


class TestLimits:
    # 200 MB/s = 204,800 KB/s
    @pytest.mark.parametrize(("rate", "over"), [(204_800, False), (204_801, True)])
    def test_what_a_cluster_takes(self, rate: int, *, over: bool) -> None:
        assert named("cluster_ingress", *spec(flow=peak(rate))) == (
            [("cluster_ingress_exceeded", Severity.ERROR)] if over else []
        )

    # 400 MB/s = 409,600 KB/s, by four groups
    @pytest.mark.parametrize(("rate", "over"), [(102_400, False), (102_401, True)])
    def test_what_a_cluster_gives(self, rate: int, *, over: bool) -> None:
        texts = spec(flow=peak(rate), readers=("label: reads",) * 4)
        assert named("cluster_egress", *texts) == (
            [("cluster_egress_exceeded", Severity.ERROR)] if over else []
        )

    def test_states_load_limit_and_headroom(self) -> None:
        # 256,000 KB/s = 250 MB/s; 1 − 250 ÷ 200
        finding = one("cluster_ingress_exceeded", *spec(flow=peak(256_000)))
        assert finding.message == (
            "250 MB/s written at peak, over the limit of 200 MB/s written per serverless cluster:"
            " a headroom of -25%"
        )

    @pytest.mark.parametrize(
        ("rate", "readers", "rules"),
        [
            (10_240, 2, []),  # 2 partitions: 10 MB/s in, 20 MB/s out
            (10_241, 0, [("partition_ingress_exceeded", Severity.ERROR)]),
            (6827, 3, [("partition_egress_exceeded", Severity.ERROR)]),  # 20,481 KB/s
        ],
    )
    def test_stated_partitions(self, rate: int, readers: int, rules: list) -> None:
        texts = spec(", partitions: 2", peak(rate), ("label: reads",) * readers)
        assert named("partition_", *texts) == rules

    def test_hint_says_how_many_partitions(self) -> None:
        finding = one("partition_ingress_exceeded", *spec(", partitions: 2", peak(10_241)))
        assert finding.hint == "set partitions: 3"

    @pytest.mark.parametrize(
        ("settings", "over"),
        [
            (", partitions: 2400", False),
            (", partitions: 2401", True),
            (", partitions: 120, compacted: true", False),
            (", partitions: 121, compacted: true", True),
        ],
    )
    def test_leader_partitions(self, settings: str, *, over: bool) -> None:
        assert named("leader_partitions", *spec(settings)) == (
            [("leader_partitions_exceeded", Severity.WARNING)] if over else []
        )

    @pytest.mark.parametrize(("number", "over"), [(500, False), (501, True)])
    def test_consumer_groups(self, number: int, *, over: bool) -> None:
        texts = spec(readers=("label: reads",) * number)
        assert named("consumer_groups", *texts) == (
            [("consumer_groups_exceeded", Severity.ERROR)] if over else []
        )

    @pytest.mark.parametrize(("number", "over"), [(3000, False), (3001, True)])
    def test_connections(self, number: int, *, over: bool) -> None:
        assert named("connections", *spec(f", connections: {number}")) == (
            [("client_connections_exceeded", Severity.ERROR)] if over else []
        )

    @pytest.mark.parametrize(
        ("size", "rules"),
        [
            ("1048588 B", []),
            ("1048589 B", [("max_message_bytes_exceeded", Severity.WARNING)]),
            ("8 MB", [("max_message_bytes_exceeded", Severity.WARNING)]),
            ("8388609 B", [("serverless_message_size_exceeded", Severity.ERROR)]),
        ],
    )
    def test_message_size(self, size: str, rules: list) -> None:
        assert named("message", *spec(flow=f"rate: 1/s, size: {size}")) == rules

    @pytest.mark.parametrize(("batch", "over"), [(55, False), (56, True)])
    def test_fetches(self, batch: int, *, over: bool) -> None:
        texts = spec(flow="rate: 1/s, size: 1 MB", readers=(f"batch: {batch}",))
        assert named("fetch", *texts) == ([("fetch_size_exceeded", Severity.ERROR)] if over else [])
        if over:
            assert one("fetch_size_exceeded", *texts).hint == "say batch: 55"

    @pytest.mark.parametrize(("number", "over"), [(10, False), (11, True)])
    def test_clusters_of_an_account(self, number: int, *, over: bool) -> None:
        boxes = [f"k{n}: {{type: msk.serverless_cluster}}" for n in range(number)]
        flows = [f"- app -> k{n}: {{rate: 1/s, size: 1 KB}}" for n in range(number)]
        texts = "\n".join(["app: {type: server}", *boxes]), "\n".join(flows)
        assert named("clusters", *texts) == (
            [("serverless_clusters_exceeded", Severity.WARNING)] if over else []
        )

    def test_a_late_group(self) -> None:
        texts = spec(", partitions: 2", readers=("consumers: 3",))
        assert one("too_few_partitions", *texts).hint == "set partitions: 3"
