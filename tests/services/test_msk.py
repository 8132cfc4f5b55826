"""MSK by hand: https://aws.amazon.com/msk/pricing/ and the quotas of standard brokers.

Prices of us-east-1 on that page: kafka.m5.large $0.21 an hour, kafka.m7g.large $0.204,
kafka.m5.4xlarge $1.68, kafka.t3.small $0.0456; storage $0.10 per GB-month, throughput above
250 MiB/s $0.08 per MiB/s-month, tiered storage $0.06 per GB-month and $0.0015 per GB retrieved.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support import PRICES, cost, found, priced, quantity, topology

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.services import find
from archcode.services._msk_brokers import BROKERS
from archcode.services._msk_sizing import sustainable_in
from archcode.units import MIB


def group(instance: str = "kafka.m7g.large", volume: str = "") -> str:
    storage = f", storage_info: {{ebs_storage_info: {{{volume}}}}}" if volume else ""
    return f"broker_node_group_info: {{instance_type: {instance}{storage}}}"


def spec(
    settings: str = "",
    flow: str = "rate: 100/s, size: 1 KB",
    readers: str = "",
    brokers: str = group(),
) -> tuple:
    """One producer, one cluster, and a consumer group outside AWS for each line of options."""
    options = [line.strip() for line in readers.strip().splitlines()]
    consumers = [f"c{number}: {{type: server}}" for number in range(len(options))]
    cluster = f"log: {{type: msk.cluster, {brokers}{settings}}}"
    flows = [f"- app -> log: {{{flow}}}"]
    flows += [f"- log -> c{number}: {{{option}}}" for number, option in enumerate(options)]
    return "\n".join(["app: {type: client}", cluster, *consumers]), "\n".join(flows)


def behind(settings: str, flow: str, mapping: str = "", duration: str = "500 ms") -> tuple:
    """A cluster with one function behind it."""
    components = f"""
        app: {{type: client}}
        log: {{type: msk.cluster, {group()}{settings}}}
        work: {{type: lambda.function, duration: {duration}}}
    """
    return components, f"- app -> log: {{{flow}}}\n- log -> work: {{{mapping}}}"


def provisioned(throughput: int, volume_size: str = "") -> str:
    size = f"volume_size: {volume_size}, " if volume_size else ""
    wanted = f"provisioned_throughput: {{enabled: true, volume_throughput: {throughput}}}"
    return f"{size}{wanted}"


HALVES = (
    "{enabled: true}",
    "{volume_throughput: 300}",
    "{enabled: false, volume_throughput: 300}",
)
TIERED = ", storage_mode: TIERED, local_retention: 12 h"


def readers(number: int) -> str:
    return "\n".join(["label: reads"] * number)


def sizes(*texts: str) -> dict[str, int]:
    return {c.name: c.required for c in priced(*texts).capacity["log"]}


def brokers_of(*texts: str) -> int:
    return sizes(*texts)["brokers"]


def one(rule: str, *texts: str, **options: object) -> Finding:
    (finding,) = [f for f in found(*texts, **options) if f.rule == rule]
    return finding


def absent(rule: str, *texts: str, **options: object) -> bool:
    return all(finding.rule != rule for finding in found(*texts, **options))


def refused(settings: str = "", brokers: str = group()) -> Finding:
    with pytest.raises(SpecError) as caught:
        topology(*spec(settings, brokers=brokers))
    (finding,) = caught.value.findings
    return finding


SIZES = {
    "t3.small": (300, 300),
    "m5.large": (1000, 1500, "81", 96),
    "m5.xlarge": (1000, 1500, "144", 160),
    "m5.2xlarge": (2000, 3000, "250", 320),
    "m5.4xlarge": (4000, 6000, "593.75", 640, "593"),
    "m5.8xlarge": (4000, 6000, "850", 1280, "850"),
    "m5.12xlarge": (4000, 6000, "1000", 1536, "1000"),
    "m5.16xlarge": (4000, 6000, "1000", 2560, "1000"),
    "m5.24xlarge": (4000, 6000, "1000", 3200, "1000"),
    "m7g.large": (1000, 1500, "78.75", 117),
    "m7g.xlarge": (1000, 1500, "156.25", 234),
    "m7g.2xlarge": (2000, 3000, "312.5", 469, "312.5"),
    "m7g.4xlarge": (4000, 6000, "625", 937, "625"),
    "m7g.8xlarge": (4000, 6000, "1000", 1875, "1000"),
    "m7g.12xlarge": (4000, 6000, "1000", 2812, "1000"),
    "m7g.16xlarge": (4000, 6000, "1000", 3750, "1000"),
}
"""Partitions advised and at most, EBS and network MiB/s, most provisioned MiB/s."""


def test_every_standard_broker() -> None:
    assert [kind.removeprefix("kafka.") for kind in BROKERS] == list(SIZES)
    for kind, broker in BROKERS.items():
        advised, most, *rest = SIZES[kind.removeprefix("kafka.")]
        ebs, network, provisioned_most, *_ = [*map(Fraction, rest), None, None, None]
        partitions = (broker.partitions_advised, broker.partitions_most)
        assert partitions == (advised, most), kind
        throughputs = (broker.ebs, broker.network, broker.provisioned_most)
        assert throughputs == (ebs, network, provisioned_most), kind


class TestSustainableIngress:
    """github:aws/agent-toolkit-for-aws@d6ad2e4:managing-amazon-msk/scripts/msk_sizing.py."""

    def ingress(self, brokers: str, groups: int, settings: str = "") -> Fraction | None:
        result = topology(*spec(settings, brokers=brokers))
        each = sustainable_in(result.traffic["log"].settings, groups)
        return None if each is None else each / MIB

    def test_the_volume_limits(self) -> None:
        # 78.75 ÷ 6.5 = 12.12 < 117 ÷ 5.7 = 20.53; half of it
        assert self.ingress(group(), 0) == Fraction("78.75") / Fraction("6.5") / 2

    def test_readers_load_the_network(self) -> None:
        # 117 ÷ (1.5 × 5 + 5.7) = 8.86 < 12.12
        assert self.ingress(group(), 5) == Fraction(117) / Fraction("13.2") / 2

    def test_tiers_load_both(self) -> None:
        # 78.75 ÷ 8 = 9.84 < 117 ÷ (1.5 + 7.2) = 13.45; with 5 readers 117 ÷ 14.7 = 7.96
        assert self.ingress(group(), 1, TIERED) == Fraction("78.75") / 8 / 2
        assert self.ingress(group(), 5, TIERED) == Fraction(117) / Fraction("14.7") / 2

    def test_a_plain_volume_carries_250_mib_a_second(self) -> None:
        # 250 ÷ 6.5, not 593.75 ÷ 6.5
        large = group("kafka.m5.4xlarge")
        assert self.ingress(large, 0) == Fraction(250) / Fraction("6.5") / 2

    def test_provisioned_throughput_carries_more(self) -> None:
        large = group("kafka.m5.4xlarge", provisioned(593))
        # 593 ÷ 6.5 = 91.23 < 640 ÷ 5.7 = 112.28
        assert self.ingress(large, 0) == Fraction(593) / Fraction("6.5") / 2

    def test_small_brokers_are_left_out(self) -> None:
        assert self.ingress(group("kafka.t3.small"), 1) is None


class TestBrokers:
    def test_one_in_each_zone_at_least(self) -> None:
        assert brokers_of(*spec()) == 3
        assert brokers_of(*spec(", availability_zones: 2, replication_factor: 2")) == 2

    # m5.2xlarge sustains 250 ÷ 6.5 ÷ 2 = 19.23 MB/s; three of them 57.69 MB/s = 59,076 KB/s
    @pytest.mark.parametrize(("rate", "number"), [(59_076, 3), (59_077, 6)])
    def test_the_peak_over_what_a_broker_sustains(self, rate: int, number: int) -> None:
        flow = f"rate: 1/s, peak: {rate}/s, size: 1 KB"
        assert brokers_of(*spec(flow=flow, brokers=group("kafka.m5.2xlarge"))) == number

    # 1,000 partitions × 3 replicas ÷ 1,000 a broker
    @pytest.mark.parametrize(
        ("partitions", "number"), [(1, 3), (1000, 3), (1001, 6), (2000, 6), (2001, 9)]
    )
    def test_partitions_over_those_advised(self, partitions: int, number: int) -> None:
        assert brokers_of(*spec(f", partitions: {partitions}")) == number

    # r KB/s × 604,800 s × 3 replicas × 2 ÷ 1,048,576 = r × 3.4607 GiB; 3 × 16,384 GiB = 49,152
    @pytest.mark.parametrize(("rate", "number"), [(14_202, 3), (14_203, 6)])
    def test_storage_over_16384_gib(self, rate: int, number: int) -> None:
        texts = spec(flow=f"rate: {rate}/s, size: 1 KB", brokers=group("kafka.m7g.16xlarge"))
        assert brokers_of(*texts) == number

    def test_storage_over_a_stated_volume(self) -> None:
        # 1,000 KB/s × 3.4607 = 3,460.7 GiB ÷ 500 GiB = 6.92
        texts = spec(flow="rate: 1000/s, size: 1 KB", brokers=group(volume="volume_size: 500"))
        assert brokers_of(*texts) == 9

    def test_replicas_each_on_their_own(self) -> None:
        assert brokers_of(*spec(", replication_factor: 4")) == 6

    def test_small_brokers_are_sized_by_partitions_and_storage(self) -> None:
        # 400 × 3 ÷ 300 = 4 → 6; a peak of 1 GB/s does not count
        small = group("kafka.t3.small")
        flow = "rate: 1/s, peak: 1000000/s, size: 1 KB"
        assert brokers_of(*spec(flow=flow, brokers=small)) == 3
        assert brokers_of(*spec(", partitions: 400", brokers=small)) == 6

    def test_formula_names_what_binds(self) -> None:
        # 12,000 KB/s = 11.72 MB/s; m5.large: 81 ÷ 6.5 ÷ 2 = 6.23; stored 100 × 3.4607 = 346.07
        flow = "rate: 100/s, peak: 24000/s, size: 1 KB"
        texts = spec(", partitions: 24", flow, readers(1), group("kafka.m5.large"))
        (brokers, _) = priced(*texts).capacity["log"]
        assert brokers.formula == (
            "needs 6 brokers, a multiple of 3 zones: 23.44 MB/s in at peak, read by 1 consumer"
            " group, over 6.23 MB/s per broker needs 4; 3 replicas over 1 needs 3, 24 partitions"
            " × 3 replicas over 1,000 needs 1, 346.07 GiB of volumes, half of them free, over"
            " 16,384 GiB needs 1"
        )


class TestPartitions:
    def test_one_at_least(self) -> None:
        assert sizes(*spec())["partitions"] == 1

    def test_the_largest_group_of_consumers(self) -> None:
        assert sizes(*spec(readers="consumers: 4\nconsumers: 12"))["partitions"] == 12

    # 1,000/s × 0.5 s ÷ 100 = 5 batches at a time
    @pytest.mark.parametrize(("peak", "number"), [(1000, 5), (1001, 6)])
    def test_the_batches_that_a_function_has_at_a_time(self, peak: int, number: int) -> None:
        flow = f"rate: 10/s, peak: {peak}/s, size: 1 KB"
        assert sizes(*behind("", flow))["partitions"] == number

    # 5 partitions × 100 ÷ 0.5 s = 1,000/s
    @pytest.mark.parametrize(("peak", "few"), [(1000, False), (1001, True)])
    def test_too_few_of_them(self, peak: int, *, few: bool) -> None:
        texts = behind(", partitions: 5", f"rate: 10/s, peak: {peak}/s, size: 1 KB")
        assert absent("too_few_partitions", *texts) is not few
        if few:
            finding = one("too_few_partitions", *texts)
            assert (finding.severity, finding.where) == (Severity.WARNING, "log.partitions")
            assert finding.message == (
                "work needs 6 consumers at peak, and 5 partitions feed one each"
            )
            assert finding.hint == "set partitions: 6"

    def test_failed_batches_are_work_too(self) -> None:
        # 501 × 2 deliveries over 5 × 100 ÷ 0.5 s = 1,000/s
        texts = behind(", partitions: 5", "rate: 501/s, size: 1 KB", "failure_rate: 50%")
        assert one("too_few_partitions", *texts).severity is Severity.ERROR

    def test_repeated_writes_load_brokers_and_are_stored_once(self) -> None:
        components = f"""
            app: {{type: client}}
            queue: {{type: sqs.queue}}
            log: {{type: msk.cluster, {group("kafka.m5.2xlarge")}, retention: 1024 s}}
        """
        flows = """
            - app -> queue: {rate: 30720/s, size: 1 KB}
            - queue -> log: {failure_rate: 50%}
        """
        # 60 MB/s in over 57.69 of three brokers; 30 MB/s × 1,024 s = 30 GiB × 3 × 2 ÷ 6 = 30
        result = priced(components, flows)
        assert brokers_of(components, flows) == 6
        assert quantity(result, "log", "Broker storage") == 6 * 30

    def test_too_few_for_the_mean_is_an_error(self) -> None:
        texts = behind(", partitions: 5", "rate: 1001/s, size: 1 KB")
        assert one("too_few_partitions", *texts).severity is Severity.ERROR

    def test_a_mean_that_just_fits_is_a_warning(self) -> None:
        texts = behind(", partitions: 5", "rate: 1000/s, peak: 1001/s, size: 1 KB")
        assert one("too_few_partitions", *texts).severity is Severity.WARNING

    def test_idle_consumers_are_a_warning(self) -> None:
        texts = spec(", partitions: 5", readers="consumers: 6")
        assert one("too_few_partitions", *texts).severity is Severity.WARNING


class TestUsage:
    def test_broker_hours(self) -> None:
        # 3 × 730 h = 2,190; × $0.204 = $446.76
        result = priced(*spec())
        assert quantity(result, "log", "Brokers") == 2190
        assert cost(result, "log", "Brokers") == Decimal("446.76")

    @pytest.mark.parametrize("kind", BROKERS)
    def test_every_size_has_its_price(self, kind: str) -> None:
        (tier,) = PRICES.find("msk", f"broker_{kind.replace('.', '_')}", "us-east-1")
        assert cost(priced(*spec(brokers=group(kind))), "log", "Brokers") == 2190 * tier.usd

    def test_stated_volumes(self) -> None:
        # 3 × 1,000 GiB × $0.10
        result = priced(*spec(brokers=group(volume="volume_size: 1000")))
        assert quantity(result, "log", "Broker storage") == 3000
        assert cost(result, "log", "Broker storage") == Decimal("300.0")

    def test_derived_volumes_are_twice_what_they_hold(self) -> None:
        # 1 MB/s × 604,800 s = 590.625 GiB × 3 replicas × 2 ÷ 3 brokers = 1,181.25, so 1,182 each
        result = priced(*spec(flow="rate: 1024/s, size: 1 KB"))
        assert quantity(result, "log", "Broker storage") == 3 * 1182

    def test_an_empty_volume_has_1_gib(self) -> None:
        result = priced(*spec(flow="rate: 0/s, size: 1 KB"))
        assert quantity(result, "log", "Broker storage") == 3

    def test_retention_fills_volumes(self) -> None:
        # 1 MB/s × 86,400 s = 84.375 GiB × 3 × 2 ÷ 3 = 168.75, so 169 each
        result = priced(*spec(", retention: 1 d", "rate: 1024/s, size: 1 KB"))
        assert quantity(result, "log", "Broker storage") == 3 * 169

    @pytest.mark.parametrize("throughput", [250, 251, 593])
    def test_throughput_above_250(self, throughput: int) -> None:
        # 3 × (n − 250) MiB/s × $0.08
        large = group("kafka.m5.4xlarge", provisioned(throughput))
        charges = priced(*spec(brokers=large)).of("log")
        paid = [c.list_cost for c in charges if c.charge_description.startswith("Provisioned")]
        above = 3 * (throughput - 250) * Decimal("0.08")
        assert paid == ([above] if above else [])

    def test_tiered_storage_holds_one_copy_of_the_whole_retention(self) -> None:
        # https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage-retention-rules.html
        # 1 MB/s × 30 × 86,400 s ÷ 1,024 = 2,531.25 GB; × $0.06 = $151.875
        # on volumes: 12 h = 42.1875 GiB × 3 × 2 ÷ 3 = 84.375, so 85 each
        result = priced(*spec(f"{TIERED}, retention: 30 d", "rate: 1024/s, size: 1 KB"))
        assert quantity(result, "log", "Tiered storage") == Decimal("2531.25")
        assert cost(result, "log", "Tiered storage") == Decimal("151.875")
        assert quantity(result, "log", "Broker storage") == 3 * 85

    def test_tiered_retrieval_is_stated(self) -> None:
        # 1,000 GB × $0.0015
        result = priced(*spec(f"{TIERED}, usage: {{tiered_retrieval_gb: 1000}}"))
        assert cost(result, "log", "Retrieval from tiered storage") == Decimal("1.5")

    def test_a_month_of_a_whole_cluster(self) -> None:
        # Brokers: 6 × 730 × $1.68 = 7,358.40; volumes: 6 × 500 × $0.10 = 300;
        # throughput: 6 × (400 − 250) × $0.08 = 72; tiered: 20 MB/s × 3 d × 86,400 s ÷ 1,024
        # = 5,062.5 GB × $0.06 = 303.75. Together 8,034.15.
        brokers = group("kafka.m5.4xlarge", provisioned(400, "500"))
        settings = f"{TIERED}, retention: 3 d, number_of_broker_nodes: 6"
        result = priced(*spec(settings, "rate: 20480/s, size: 1 KB", brokers=brokers))
        assert result.list_cost == Decimal("8034.15")
        assert result.complete


class TestFindings:
    def test_too_few_brokers_states_load_limit_and_headroom(self) -> None:
        # 40 MB/s over 78.75 ÷ 6.5 ÷ 2 = 6.06 MB/s needs 7, so 9; 1 − 7 ÷ 3
        flow = "rate: 1/s, peak: 40960/s, size: 1 KB"
        finding = one("too_few_brokers", *spec(", number_of_broker_nodes: 3", flow))
        assert (finding.severity, finding.where) == (Severity.ERROR, "log.number_of_broker_nodes")
        assert finding.message == (
            "needs 9 brokers, a multiple of 3 zones: 40 MB/s in at peak, read by 0 consumer groups,"
            " over 6.06 MB/s per broker needs 7; 3 replicas over 1 needs 3, 1 partition × 3"
            " replicas over 1,000 needs 1, 3.46 GiB of volumes, half of them free, over 16,384 GiB"
            " needs 1; it has 3, a headroom of -133.33%"
        )
        assert finding.hint == "set number_of_broker_nodes: 9, or take a larger instance_type"

    # m5.2xlarge: 250 MiB/s ÷ 6.5 × 1,024 × 3 brokers = 118,153.8 KB/s, half of it advised
    @pytest.mark.parametrize(
        ("rate", "rule"),
        [
            (59_076, ""),
            (59_077, "brokers_without_headroom"),
            (118_153, "brokers_without_headroom"),
            (118_154, "too_few_brokers"),
        ],
    )
    def test_headroom_is_advice_and_the_rest_is_not(self, rate: int, rule: str) -> None:
        flow = f"rate: 1/s, peak: {rate}/s, size: 1 KB"
        texts = spec(", number_of_broker_nodes: 3", flow, brokers=group("kafka.m5.2xlarge"))
        names = {f.rule: f.severity for f in found(*texts) if "brokers" in f.rule}
        severity = Severity.ERROR if rule == "too_few_brokers" else Severity.WARNING
        assert names == ({rule: severity} if rule else {})

    # 3 replicas × 16,384 GiB on each of 3 brokers: full after 7 d = 604,800 s of 28,405 KB/s
    @pytest.mark.parametrize(
        ("rate", "rule"),
        [
            (14_202, ""),
            (14_203, "brokers_without_headroom"),
            (28_405, "brokers_without_headroom"),
            (28_406, "too_few_brokers"),
        ],
    )
    def test_volumes_that_no_broker_has(self, rate: int, rule: str) -> None:
        flow = f"rate: {rate}/s, size: 1 KB"
        texts = spec(", number_of_broker_nodes: 3", flow, brokers=group("kafka.m5.8xlarge"))
        assert [f.rule for f in found(*texts) if "brokers" in f.rule] == ([rule] if rule else [])

    def test_more_replicas_than_brokers(self) -> None:
        texts = spec(", number_of_broker_nodes: 3, replication_factor: 4")
        assert one("too_few_brokers", *texts).severity is Severity.ERROR

    def test_partitions_above_those_advised_do_not_ask_for_brokers(self) -> None:
        texts = spec(", number_of_broker_nodes: 3, partitions: 1001")
        assert absent("brokers_without_headroom", *texts)

    @pytest.mark.parametrize(
        ("settings", "uneven"),
        [
            ("number_of_broker_nodes: 3", False),
            ("number_of_broker_nodes: 4", True),
            ("number_of_broker_nodes: 4, availability_zones: 2", False),
            ("number_of_broker_nodes: 5, availability_zones: 2", True),
        ],
    )
    def test_a_multiple_of_the_zones(self, settings: str, *, uneven: bool) -> None:
        assert absent("brokers_not_in_all_zones", *spec(f", {settings}")) is not uneven

    def test_a_count_between_multiples_is_not_too_few(self) -> None:
        texts = spec(", number_of_broker_nodes: 4")
        finding = one("brokers_not_in_all_zones", *texts)
        assert finding.severity is Severity.ERROR
        assert finding.message == "is 4, no multiple of 3 availability zones"
        assert finding.hint == "set it to 6"
        assert absent("too_few_brokers", *texts)

    @pytest.mark.parametrize(("number", "over"), [(60, False), (63, True)])
    def test_brokers_of_a_cluster(self, number: int, *, over: bool) -> None:
        texts = spec(f", number_of_broker_nodes: {number}")
        assert absent("brokers_per_cluster_exceeded", *texts) is not over
        if over:
            finding = one("brokers_per_cluster_exceeded", *texts)
            assert finding.severity is Severity.WARNING
            assert finding.message == (
                "63 brokers, over the default quota of 60 brokers per KRaft cluster"
                " (30 with ZooKeeper): a headroom of -5%"
            )

    @pytest.mark.parametrize(("second", "over"), [(45, False), (48, True)])
    def test_brokers_of_an_account(self, second: int, *, over: bool) -> None:
        components = f"""
            app: {{type: client}}
            a: {{type: msk.cluster, {group()}, number_of_broker_nodes: 45}}
            b: {{type: msk.cluster, {group()}, number_of_broker_nodes: {second}}}
        """
        flows = "- app -> a: {rate: 1/s, size: 1 KB}\n- app -> b: {rate: 1/s, size: 1 KB}"
        assert absent("brokers_per_account_exceeded", components, flows) is not over
        if over:
            assert one("brokers_per_account_exceeded", components, flows).where == "b"

    # m7g.large: 1,000 advised and 1,500 at most; × 3 replicas ÷ 3 brokers
    @pytest.mark.parametrize(
        ("partitions", "rule"),
        [
            (1000, ""),
            (1001, "partitions_advised_exceeded"),
            (1500, "partitions_advised_exceeded"),
            (1501, "partitions_exceeded"),
        ],
    )
    def test_partitions_of_a_broker(self, partitions: int, rule: str) -> None:
        texts = spec(f", number_of_broker_nodes: 3, partitions: {partitions}")
        names = {f.rule: f.severity for f in found(*texts) if f.rule.startswith("partitions")}
        severity = Severity.ERROR if rule == "partitions_exceeded" else Severity.INFO
        assert names == ({rule: severity} if rule else {})

    # 1 MB/s × 84.375 GiB a day × 3 ÷ 3; half of a volume stays free
    @pytest.mark.parametrize(
        ("size", "rule"),
        [
            (169, ""),
            (168, "volume_without_headroom"),
            (85, "volume_without_headroom"),
            (84, "volume_too_small"),
        ],
    )
    def test_volumes_hold_the_retention(self, size: int, rule: str) -> None:
        settings = ", number_of_broker_nodes: 3, retention: 1 d"
        brokers = group(volume=f"volume_size: {size}")
        texts = spec(settings, "rate: 1024/s, size: 1 KB", brokers=brokers)
        names = [f.rule for f in found(*texts) if f.rule.startswith("volume")]
        assert names == ([rule] if rule else [])

    # 1 MB/s × 1,024 s = 1 GiB × 3 replicas ÷ 3 brokers
    @pytest.mark.parametrize(("size", "rule"), [(2, ""), (1, "volume_without_headroom")])
    def test_a_volume_exactly_full(self, size: int, rule: str) -> None:
        settings = ", number_of_broker_nodes: 3, retention: 1024 s"
        brokers = group(volume=f"volume_size: {size}")
        texts = spec(settings, "rate: 1024/s, size: 1 KB", brokers=brokers)
        names = [f.rule for f in found(*texts) if f.rule.startswith("volume")]
        assert names == ([rule] if rule else [])

    def test_a_volume_too_small_states_load_limit_and_headroom(self) -> None:
        settings = ", number_of_broker_nodes: 3, retention: 1 d"
        brokers = group(volume="volume_size: 50")
        texts = spec(settings, "rate: 1024/s, size: 1 KB", brokers=brokers)
        finding = one("volume_too_small", *texts)
        assert finding.severity is Severity.ERROR
        assert finding.where == (
            "log.broker_node_group_info.storage_info.ebs_storage_info.volume_size"
        )
        # 1 − 84.375 ÷ 50
        assert finding.message == (
            "holds 84.38 GiB at the mean rate (1 d × 3 replicas ÷ 3 brokers) of 50 GiB,"
            " a headroom of -68.75%"
        )
        assert finding.hint == "set volume_size: 169, of which half stays free"

    @pytest.mark.parametrize(("size", "over"), [("1048588 B", False), ("1048589 B", True)])
    def test_message_max_bytes(self, size: str, *, over: bool) -> None:
        texts = spec(flow=f"rate: 1/s, size: {size}")
        assert absent("message_max_bytes_exceeded", *texts) is not over
        if over:
            assert one("message_max_bytes_exceeded", *texts).severity is Severity.WARNING

    def test_small_brokers_are_not_sized_by_throughput(self) -> None:
        finding = one("not_sized_by_throughput", *spec(brokers=group("kafka.t3.small")))
        assert finding.severity is Severity.INFO
        assert finding.message == (
            "is not sized by throughput: AWS's guidance leaves out kafka.t3.small"
        )

    @pytest.mark.parametrize(
        ("settings", "outside"),
        [
            ("", False),
            (", replication_factor: 2", False),
            (", replication_factor: 4", True),
            (", availability_zones: 2, replication_factor: 2", True),
        ],
    )
    def test_the_guidance_assumes_three_zones_and_replicas(
        self, settings: str, *, outside: bool
    ) -> None:
        assert absent("outside_sizing_guidance", *spec(settings)) is not outside


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "rule", "message"),
        [
            (
                ", local_retention: 1 d",
                "local_retention_without_tiers",
                "sets local_retention, which needs storage_mode: TIERED",
            ),
            (
                ", storage_mode: TIERED",
                "tiers_without_local_retention",
                "needs local_retention with storage_mode: TIERED",
            ),
            (
                ", storage_mode: TIERED, local_retention: 7 d",
                "local_retention_above_retention",
                "has a local_retention of 7 d, which must be below its retention of 7 d",
            ),
            (
                f"{TIERED}, retention: 2 d",
                "tiered_retention_too_short",
                "has a retention of 2 d, below the 3 d of tiered storage",
            ),
        ],
    )
    def test_tiers(self, settings: str, rule: str, message: str) -> None:
        finding = refused(settings)
        assert (finding.rule, finding.message, finding.where) == (rule, message, "log")

    def test_tiers_at_their_bounds(self) -> None:
        topology(*spec(f"{TIERED}, retention: 3 d"))
        topology(*spec(", storage_mode: TIERED, local_retention: 167 h"))

    def test_small_brokers_have_no_tiers(self) -> None:
        finding = refused(TIERED, group("kafka.t3.small"))
        assert finding.rule == "tiers_on_small_brokers"
        assert finding.message == (
            "has storage_mode: TIERED, which kafka.t3.small brokers do not have"
        )

    @pytest.mark.parametrize("kind", ["kafka.t3.small", "kafka.m5.2xlarge", "kafka.m7g.xlarge"])
    def test_small_brokers_have_no_provisioned_throughput(self, kind: str) -> None:
        finding = refused(brokers=group(kind, provisioned(250)))
        assert finding.rule == "throughput_of_small_brokers"
        assert finding.message == (f"sets provisioned_throughput, which {kind} brokers do not have")

    @pytest.mark.parametrize(
        ("kind", "most", "text"),
        [
            ("kafka.m5.4xlarge", 593, "593"),
            ("kafka.m5.8xlarge", 850, "850"),
            ("kafka.m7g.2xlarge", 312, "312.5"),
            ("kafka.m7g.4xlarge", 625, "625"),
        ],
    )
    def test_provisioned_throughput_of_a_broker(self, kind: str, most: int, text: str) -> None:
        topology(*spec(brokers=group(kind, provisioned(most))))
        finding = refused(brokers=group(kind, provisioned(most + 1)))
        assert finding.rule == "throughput_above_broker"
        assert finding.message == (
            f"sets a volume_throughput of {most + 1} MiB/s, above the {text} MiB/s of {kind}"
        )

    @pytest.mark.parametrize(
        ("throughput", "message"),
        [
            (249, "is 249, below the minimum of 250"),
            (1001, "is 1001, above the maximum of 1000"),
        ],
    )
    def test_provisioned_throughput_of_any_broker(self, throughput: int, message: str) -> None:
        finding = refused(brokers=group("kafka.m5.24xlarge", provisioned(throughput)))
        assert finding.message == message

    @pytest.mark.parametrize("half", HALVES)
    def test_half_of_a_provisioned_throughput(self, half: str) -> None:
        finding = refused(brokers=group("kafka.m5.4xlarge", f"provisioned_throughput: {half}"))
        assert finding.rule == "half_provisioned_throughput"
        assert finding.message == (
            "needs provisioned_throughput to have both enabled: true and volume_throughput"
        )

    def test_provisioned_throughput_of_a_small_volume(self) -> None:
        topology(*spec(brokers=group("kafka.m5.4xlarge", provisioned(300, "10"))))
        finding = refused(brokers=group("kafka.m5.4xlarge", provisioned(300, "9")))
        assert finding.rule == "throughput_of_small_volume"
        assert finding.message == (
            "has a volume_size of 9 GiB, and provisioned_throughput needs 10 GiB"
        )

    @pytest.mark.parametrize(
        ("volume", "message"),
        [
            ("volume_size: 0", "is 0 GiB, below the minimum of 1 GiB"),
            ("volume_size: 16385", "is 16385 GiB, above the maximum of 16384 GiB"),
        ],
    )
    def test_volume_size(self, volume: str, message: str) -> None:
        assert refused(brokers=group(volume=volume)).message == message
        topology(*spec(brokers=group(volume="volume_size: 16 TB")))

    def test_zones(self) -> None:
        assert refused(", availability_zones: 4").message == "is 4; allowed: 2, 3"

    def test_a_size_that_is_no_standard_broker(self) -> None:
        finding = refused(brokers=group("kafka.m7g.24xlarge"))
        assert finding.rule == "unknown_value"


class TestWords:
    def test_summary(self) -> None:
        service = find("msk.cluster")
        stated = topology(*spec(", number_of_broker_nodes: 3")).traffic["log"].settings
        derived = topology(*spec()).traffic["log"].settings
        assert service.summary(stated) == "MSK 3 × m7g.large"
        assert service.summary(derived) == "MSK m7g.large"

    def test_every_group_gets_every_message_again_and_again(self) -> None:
        result = topology(*spec(readers="failure_rate: 50%\nlabel: reads"))
        failing, fine = (h for h in result.hops if h.source == "log")
        assert failing.handed == fine.handed
        assert (failing.attempts, failing.dead) == (Fraction(2), Fraction(0))
