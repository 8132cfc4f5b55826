"""MSK Express by hand: https://aws.amazon.com/msk/pricing/ and the quotas of Express brokers.

Prices of us-east-1 on that page: express.m7g.large $0.408 an hour, storage $0.10 per GB-month, data
in $0.01 per GB; private connectivity $0.0225 an hour and scheme, $0.006 per GB.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support import PRICES, cost, found, priced, quantity, topology

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.services import find
from archcode.services._msk_express import EXPRESS

PRIVATE = (
    "connectivity_info: {vpc_connectivity: {client_authentication:"
    " {sasl: {iam: {enabled: true}, scram: {enabled: true}}}}}"
)


def spec(
    settings: str = "",
    flow: str = "rate: 100/s, size: 1 KB",
    readers: int = 0,
    kind: str = "express.m7g.large",
    node: str = "",
) -> tuple[str, str]:
    """One producer, one Express cluster, and readers, all outside the zones of AWS."""
    info = f"broker_node_group_info: {{instance_type: {kind}{node and ', '}{node}}}"
    names = [f"c{number}" for number in range(readers)]
    boxes = ["app: {type: client}", f"log: {{type: msk.cluster, {info}{settings}}}"]
    flows = [f"- app -> log: {{{flow}}}", *(f"- log -> {name}" for name in names)]
    return "\n".join([*boxes, *(f"{n}: {{type: client}}" for n in names)]), "\n".join(flows)


def peak(rate: int) -> str:
    """KB/s at the peak."""
    return f"rate: 1/s, peak: {rate}/s, size: 1 KB"


def sizes(*texts: str) -> dict[str, int]:
    return {c.name: c.required for c in priced(*texts).capacity["log"]}


def named(word: str, *texts: str) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in found(*texts) if word in f.rule]


def one(rule: str, *texts: str) -> Finding:
    (finding,) = [f for f in found(*texts) if f.rule == rule]
    return finding


def refused(*texts: str) -> Finding:
    with pytest.raises(SpecError) as caught:
        topology(*texts)
    (finding,) = caught.value.findings
    return finding


SIZES = {
    "large": ("15.6", "23.4", "31.2", "58.5", 1000, 1500),
    "xlarge": ("31.2", "46.8", "62.5", "117", 1000, 2000),
    "2xlarge": ("62.5", "93.7", "125", "234.2", 2500, 4000),
    "4xlarge": ("124.9", "187.5", "249.8", "468.7", 6000, 8000),
    "8xlarge": ("250", "375", "500", "937.5", 12_000, 16_000),
    "12xlarge": ("375", "562.5", "750", "1406.2", 16_000, 24_000),
    "16xlarge": ("500", "750", "1000", "1875", 20_000, 32_000),
}
"""https://docs.aws.amazon.com/msk/latest/developerguide/limits.html: MB/s in sustained and at most,
out likewise, partitions advised and at most."""


def test_every_express_broker() -> None:
    assert [kind.removeprefix("express.m7g.") for kind in EXPRESS] == list(SIZES)
    for kind, broker in EXPRESS.items():
        *throughput, advised, most = SIZES[kind.removeprefix("express.m7g.")]
        assert (
            broker.sustained_in,
            broker.most_in,
            broker.sustained_out,
            broker.most_out,
        ) == tuple(map(Fraction, throughput)), kind
        assert (broker.partitions_advised, broker.partitions_most) == (advised, most), kind


class TestBrokers:
    def test_one_in_each_zone_at_least(self) -> None:
        assert sizes(*spec()) == {"brokers": 3, "partitions": 1}

    # 0.75 × 15.6 MB/s = 11.7 MB/s = 11,980.8 KB/s a broker; three of them 35,942.4 KB/s
    @pytest.mark.parametrize(("rate", "number"), [(35_942, 3), (35_943, 6)])
    def test_what_comes_in(self, rate: int, number: int) -> None:
        assert sizes(*spec(flow=peak(rate)))["brokers"] == number

    # 0.75 × 31.2 MB/s = 23.4 MB/s out a broker; three of them 71,884.8 KB/s, read by four groups
    @pytest.mark.parametrize(("rate", "number"), [(17_971, 3), (17_972, 6)])
    def test_what_goes_out(self, rate: int, number: int) -> None:
        assert sizes(*spec(flow=peak(rate), readers=4))["brokers"] == number

    # 1,000 partitions × 3 replicas ÷ 1,000 a broker
    @pytest.mark.parametrize(("partitions", "number"), [(1000, 3), (1001, 6)])
    def test_partitions(self, partitions: int, number: int) -> None:
        assert sizes(*spec(f", partitions: {partitions}"))["brokers"] == number

    # 15 MB/s = 15,360 KB/s for each partition
    @pytest.mark.parametrize(("rate", "number"), [(15_360, 1), (15_361, 2), (30_721, 3)])
    def test_partitions_that_the_peak_needs(self, rate: int, number: int) -> None:
        assert sizes(*spec(flow=peak(rate)))["partitions"] == number

    def test_a_filter_is_the_consumers_own(self) -> None:
        # both read 9,000 KB/s: 18,000 KB/s ÷ 23,961.6 KB/s needs 1
        boxes, flows = spec(flow=peak(9000), readers=2)
        (brokers, _) = priced(boxes, flows.replace("c1", "c1: {filter: 1%}")).capacity["log"]
        assert "17.58 MB/s out at peak" in brokers.formula

    def test_formula(self) -> None:
        # 20,480 KB/s = 20 MB/s in over 11.7 needs 2, 40 MB/s out over 23.4 needs 2
        (brokers, partitions) = priced(*spec(flow=peak(20_480), readers=2)).capacity["log"]
        assert brokers.formula == (
            "needs 3 brokers, a multiple of 3 zones: 3 replicas over 1 per broker needs 3;"
            " 20 MB/s in at peak over 11.7 MB/s, three quarters of 15.6, needs 2,"
            " 40 MB/s out at peak over 23.4 MB/s, three quarters of 31.2, needs 2,"
            " 2 partitions × 3 replicas over 1,000 needs 1"
        )
        assert partitions.formula == (
            "needs 2: 20 MB/s in at peak over 15 MB/s of one partition needs 2,"
            " 1 consumer of c0 needs 1"
        )


class TestUsage:
    @pytest.mark.parametrize("kind", EXPRESS)
    def test_every_size_has_its_price(self, kind: str) -> None:
        (tier,) = PRICES.find("msk", f"broker_{kind.replace('.', '_')}", "us-east-1")
        assert cost(priced(*spec(kind=kind)), "log", "Brokers") == 2190 * tier.usd

    def test_a_month_of_a_whole_cluster(self) -> None:
        # 3 × 730 × $0.408 = 893.52; 1 MB/s × 2,628,000 s ÷ 1,024 = 2,566.40625 GB in × $0.01
        # = 25.6640625; 7 d × 86,400 s ÷ 1,024 = 590.625 GB kept, one copy, × $0.10 = 59.0625
        result = priced(*spec(flow="rate: 1024/s, size: 1 KB"))
        assert quantity(result, "log", "Data in") == Decimal("2566.40625")
        assert quantity(result, "log", "Express storage") == Decimal("590.625")
        assert result.list_cost == Decimal("978.2465625")
        assert result.complete

    def test_it_has_no_volumes(self) -> None:
        charges = priced(*spec()).of("log")
        assert not [c for c in charges if c.charge_description.startswith("Broker storage")]


class TestFindings:
    # 0.75 × 15.6 MB/s × 3 brokers = 35,942.4 KB/s; beyond it is advice, not a limit
    def test_brokers_without_headroom(self) -> None:
        settings = ", number_of_broker_nodes: 3"
        assert named("brokers_", *spec(settings, peak(35_942))) == []
        finding = one("brokers_without_headroom", *spec(settings, peak(35_943)))
        assert finding.severity is Severity.WARNING
        assert finding.message.endswith("it has 3, a headroom of -33.33%")
        assert finding.hint == "set number_of_broker_nodes: 6, or take a larger instance_type"

    # 23.4 MB/s × 3 brokers = 71,884.8 KB/s
    @pytest.mark.parametrize(("rate", "over"), [(71_884, False), (71_885, True)])
    def test_it_throttles_what_comes_in(self, rate: int, *, over: bool) -> None:
        texts = spec(", number_of_broker_nodes: 3, partitions: 9", peak(rate))
        assert named("ingress", *texts) == (
            [("ingress_throughput_exceeded", Severity.ERROR)] if over else []
        )

    # 58.5 MB/s × 3 brokers = 179,712 KB/s, by two readers
    @pytest.mark.parametrize(("rate", "over"), [(89_856, False), (89_857, True)])
    def test_it_throttles_what_goes_out(self, rate: int, *, over: bool) -> None:
        texts = spec(", number_of_broker_nodes: 3, partitions: 9", peak(rate), 2)
        assert named("egress", *texts) == (
            [("egress_throughput_exceeded", Severity.ERROR)] if over else []
        )

    def test_throttling_states_load_limit_and_headroom(self) -> None:
        # 102,400 KB/s = 100 MB/s ÷ 3 = 33.33; 1 − 33.33 ÷ 23.4
        texts = spec(", number_of_broker_nodes: 3, partitions: 9", peak(102_400))
        assert one("ingress_throughput_exceeded", *texts).message == (
            "100 MB/s written at peak ÷ 3 brokers = 33.33 MB/s, over the limit of 23.4 MB/s written"
            " per express.m7g.large broker, above which it throttles: a headroom of -42.45%"
        )

    # 15 MB/s × 2 partitions = 30,720 KB/s
    @pytest.mark.parametrize(("rate", "over"), [(30_720, False), (30_721, True)])
    def test_throughput_of_a_partition(self, rate: int, *, over: bool) -> None:
        texts = spec(", partitions: 2", peak(rate))
        assert named("partition_throughput", *texts) == (
            [("partition_throughput_exceeded", Severity.ERROR)] if over else []
        )
        if over:
            assert one("partition_throughput_exceeded", *texts).hint == "set partitions: 3"

    # large: 1,000 advised, 1,500 at most; × 3 replicas ÷ 3 brokers
    @pytest.mark.parametrize(
        ("partitions", "rules"),
        [
            (1000, []),
            (1001, [("partitions_advised_exceeded", Severity.INFO)]),
            (1500, [("partitions_advised_exceeded", Severity.INFO)]),
            (1501, [("partitions_exceeded", Severity.ERROR)]),
        ],
    )
    def test_partitions_of_a_broker(self, partitions: int, rules: list) -> None:
        texts = spec(f", number_of_broker_nodes: 3, partitions: {partitions}")
        assert named("partitions_", *texts) == rules

    def test_standard_and_express_share_the_quota_of_the_account(self) -> None:
        info = "broker_node_group_info: {instance_type: %s}, number_of_broker_nodes: %d"
        components = f"""
            app: {{type: client}}
            a: {{type: msk.cluster, {info % ("express.m7g.large", 45)}}}
            b: {{type: msk.cluster, {info % ("kafka.m7g.large", 48)}}}
        """
        flows = "- app -> a: {rate: 1/s, size: 1 KB}\n- app -> b: {rate: 1/s, size: 1 KB}"
        assert "brokers_per_account_exceeded" in [f.rule for f in found(components, flows)]


class TestSettings:
    @pytest.mark.parametrize(
        ("texts", "rule"),
        [
            (
                spec(node="storage_info: {ebs_storage_info: {volume_size: 100}}"),
                "volumes_of_express_brokers",
            ),
            (
                spec(", storage_mode: TIERED, local_retention: 1 h"),
                "tiers_on_express_brokers",
            ),
            (spec(", availability_zones: 2"), "express_in_three_zones"),
            (spec(", replication_factor: 2"), "express_in_three_zones"),
        ],
    )
    def test_what_express_brokers_do_not_have(self, texts: tuple[str, str], rule: str) -> None:
        finding = refused(*texts)
        assert (finding.rule, finding.where) == (rule, "log")

    def test_they_may_say_what_they_always_have(self) -> None:
        topology(*spec(", storage_mode: LOCAL, availability_zones: 3, replication_factor: 3"))

    def test_summary(self) -> None:
        settings = topology(*spec(", number_of_broker_nodes: 3")).traffic["log"].settings
        assert find("msk.cluster").summary(settings) == "MSK Express 3 × m7g.large"


def neighbours(node: str, more: str = "") -> tuple[str, str]:
    """A producer of another account; 1 MB/s is 2,566.40625 GB a month."""
    components = f"""
        app: {{type: server}}
        log:
          type: msk.cluster
          broker_node_group_info: {{instance_type: express.m7g.large{node and ", "}{node}}}{more}
    """
    return components, "- app -> log: {rate: 1024/s, size: 1 KB}"


ACCOUNT = "other: {kind: account, contains: [app]}"


class TestPrivateConnectivity:
    def test_hours_of_every_scheme(self) -> None:
        # 2 × 730 h × $0.0225
        result = priced(*neighbours(PRIVATE), groups=ACCOUNT)
        assert quantity(result, "log", "Private connectivity") == 1460
        assert cost(result, "log", "Private connectivity") == Decimal("32.85")

    def test_gb_of_other_accounts_cross_no_zone(self) -> None:
        # 2,566.40625 GB × $0.006
        result = priced(*neighbours(PRIVATE), groups=ACCOUNT)
        assert cost(result, "log", "Data over private") == Decimal("15.3984375")
        assert not [c for c in result.of("log") if "between zones" in c.charge_description]

    def test_peered_accounts_cross_zones(self) -> None:
        # 2,566.40625 GB × 2/3 × 2
        result = priced(*neighbours(""), groups=ACCOUNT)
        assert quantity(result, "log", "Data transfer, between zones") == Decimal("3421.875")

    def test_other_vpcs_are_unknown(self) -> None:
        result = priced(*neighbours(PRIVATE))
        assert not result.complete
        (finding,) = [f for f in found(*neighbours(PRIVATE)) if f.rule == "quantity_unknown"]
        assert finding.message == (
            "the cost of Data over private connectivity depends on usage.private_connectivity_gb,"
            " the GB of clients in other VPCs"
        )

    def test_other_vpcs_may_be_stated(self) -> None:
        usage = "\n          usage: {private_connectivity_gb: 1000}"
        result = priced(*neighbours(PRIVATE, usage))
        assert cost(result, "log", "Data over private") == 6
        assert result.complete

    def test_small_brokers_have_none(self) -> None:
        assert refused(*spec(kind="kafka.t3.small", node=PRIVATE)).rule == (
            "connectivity_of_small_brokers"
        )


class TestObservation:
    def test_more_metrics_are_unknown_or_stated(self) -> None:
        # 50 metrics × $0.30: https://aws.amazon.com/cloudwatch/pricing/
        level = ", enhanced_monitoring: PER_BROKER"
        assert not priced(*spec(level)).complete
        result = priced(*spec(f"{level}, usage: {{custom_metrics: 50}}"))
        assert cost(result, "log", "CloudWatch metrics") == 15
        assert result.complete

    def test_default_metrics_are_free(self) -> None:
        assert priced(*spec(", enhanced_monitoring: DEFAULT")).complete

    def test_logs_are_unknown_or_stated(self) -> None:
        # 20,000 GB: the first 10,240 × $0.50, the next 9,760 × $0.25
        logs = ", logging_info: {broker_logs: {cloud_watch_logs: {enabled: true}}}"
        assert not priced(*spec(logs)).complete
        result = priced(*spec(f"{logs}, usage: {{logs_gb: 20000}}"))
        assert cost(result, "log", "CloudWatch Logs") == 5120 + 2440
