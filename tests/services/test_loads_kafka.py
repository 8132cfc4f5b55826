"""What Kafka clusters, replicators and connectors bear, by hand.

Quotas of https://docs.aws.amazon.com/msk/latest/developerguide/limits.html and the advice of
https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html; what a byte that is
written asks of a broker is that of AWS's sizing script
(github:aws/agent-toolkit-for-aws@d6ad2e4:managing-amazon-msk).
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import borne, found, loads, rules

# Mean 1,024 and peak 3,072 messages/s of 1 KB are 1 and 3 MiB/s.
FLOW = "rate: 1024/s, peak: 3072/s, size: 1 KB"
VOLUME = "storage_info: {ebs_storage_info: {volume_size: 2000}}"


def cluster(
    kind: str = "kafka.m7g.large", info: str = "", settings: str = "", flow: str = FLOW
) -> tuple[str, str]:
    """A producer, three brokers with 60 partitions, a function and a group of 4 consumers."""
    node = f"broker_node_group_info: {{instance_type: {kind}{info and ', '}{info}}}"
    components = f"""
        app: {{type: client}}
        log: {{type: msk.cluster, number_of_broker_nodes: 3, partitions: 60, {node}{settings}}}
        work: {{type: lambda.function, duration: 500 ms}}
        store: {{type: server}}
    """
    flows = f"""
        - app -> log: {{{flow}}}
        - log -> work: {{batch: 100}}
        - log -> store: {{consumers: 4}}
    """
    return components, flows


class TestStandardBrokers:
    def test_every_load(self) -> None:
        each = [
            # The function: 3,072/s × 0.5 s ÷ 100 = 15.36 batches at a time; 4 consumers are stated.
            ("busy_consumers", Fraction(4), 60),
            ("busy_consumers", Fraction("15.36"), 60),
            ("brokers_per_account", 3, 90),
            ("brokers_per_cluster", 3, 60),
            # 3 MiB/s ÷ 3 brokers = 1 MiB/s, which is 1 × 6.5 MiB/s on volumes.
            ("ebs_throughput", Fraction("6.5"), Fraction("78.75")),
            ("message_max_bytes", 1024, 1_048_588),
            # 1 × (1.5 × 2 groups + 5.7) = 8.7 MiB/s over the network.
            ("network_throughput", Fraction("8.7"), 117),
            # 60 partitions × 3 replicas ÷ 3 brokers.
            ("partitions", 60, 1500),
            ("partitions_advised", 60, 1000),
            # Half of the lesser of 78.75 ÷ 6.5 = 12.1 and 117 ÷ 8.7 = 13.4 MiB/s.
            ("sustainable_ingress", 1, Fraction("78.75") / 13),
            # 1 MiB/s × 604,800 s × 3 replicas ÷ 3 brokers = 604,800 MiB = 590.625 GiB.
            ("volume_size", Fraction("590.625"), 2000),
        ]

        assert borne("log", *cluster(info=VOLUME)) == sorted(each)

    def test_a_volume_below_the_instance_binds(self) -> None:
        # kafka.m5.4xlarge has 593.75 MiB/s to its volumes, and a volume 250 unless it is paid for.
        names = {name: most for name, _, most in borne("log", *cluster("kafka.m5.4xlarge"))}
        assert names["volume_throughput"] == 250
        assert "ebs_throughput" not in names

        paid = "provisioned_throughput: {enabled: true, volume_throughput: 593}"
        info = f"storage_info: {{ebs_storage_info: {{{paid}}}}}"
        names = {name: most for name, _, most in borne("log", *cluster("kafka.m5.4xlarge", info))}
        assert names["volume_throughput"] == 593

    def test_a_volume_as_fast_as_the_instance_does_not(self) -> None:
        names = {name: most for name, _, most in borne("log", *cluster("kafka.m5.2xlarge"))}
        assert names["ebs_throughput"] == 250
        assert "volume_throughput" not in names

    def test_tiers_ask_more_of_brokers(self) -> None:
        tiers = ", storage_mode: TIERED, local_retention: 12 h"
        found = {name: load for name, load, _ in borne("log", *cluster(settings=tiers))}

        # 1 MiB/s × 8, and 1 × (1.5 × 2 groups + 7.2).
        assert found["ebs_throughput"] == 8
        assert found["network_throughput"] == Fraction("10.2")

    def test_small_brokers_have_no_throughput(self) -> None:
        names = {name for name, _, _ in borne("log", *cluster("kafka.t3.small"))}

        assert names == {
            "brokers_per_account",
            "brokers_per_cluster",
            "busy_consumers",
            "message_max_bytes",
            "partitions",
            "partitions_advised",
        }

    @pytest.mark.parametrize(
        ("rate", "expected"), [(30_240, "brokers_without_headroom"), (30_241, "too_few_brokers")]
    )
    def test_too_much_throughput_is_told_once(self, rate: int, expected: str) -> None:
        # With tiers 3 × 78.75 ÷ 8 = 29.53125 MiB/s, 30,240 messages/s of 1 KB, fill the volumes.
        tiers = ", storage_mode: TIERED, local_retention: 1 h"
        spec = cluster(settings=tiers, flow=f"rate: 1/s, peak: {rate}/s, size: 1 KB")
        assert [rule for rule in rules(*spec) if "brokers" in rule] == [expected]

        (volume,) = [load for load in loads(*spec) if load.name == "ebs_throughput"]
        assert volume.load == Fraction(rate, 30_240) * Fraction("78.75")
        assert volume.exceeded is (expected == "too_few_brokers")

    def test_a_full_volume_is_told_once(self) -> None:
        spec = cluster(info=VOLUME.replace("2000", "590"))
        (finding,) = [f for f in found(*spec) if "volume" in f.rule]
        (load,) = [load for load in loads(*spec) if load.name == "volume_size"]

        assert finding.rule == load.rule == "volume_too_small"
        assert load.exceeded
        assert load.told == finding.at(0, 0)


class TestExpressBrokers:
    def test_every_load(self) -> None:
        each = [
            ("busy_consumers", Fraction(4), 60),
            ("busy_consumers", Fraction("15.36"), 60),
            ("brokers_per_account", 3, 90),
            ("brokers_per_cluster", 3, 60),
            # 3 MiB/s in and 2 × 3 MiB/s out, of 3 brokers.
            ("egress_throughput", 2, Fraction("58.5")),
            ("ingress_throughput", 1, Fraction("23.4")),
            ("message_max_bytes", 1024, 1_048_588),
            # 3 MiB/s ÷ 60 partitions.
            ("partition_throughput", Fraction("0.05"), 15),
            ("partitions", 60, 1500),
            ("partitions_advised", 60, 1000),
            ("sustained_egress", 2, Fraction("31.2")),
            ("sustained_ingress", 1, Fraction("15.6")),
        ]

        assert borne("log", *cluster("express.m7g.large")) == sorted(each)

    def test_more_than_brokers_sustain_is_told_as_too_little_headroom(self) -> None:
        # 3 × 15.6 MB/s = 47,923.2 messages/s of 1 KB are sustained, and three quarters advised.
        at = cluster("express.m7g.large", flow="rate: 1/s, peak: 47923/s, size: 1 KB")
        above = cluster("express.m7g.large", flow="rate: 1/s, peak: 47924/s, size: 1 KB")

        for spec, exceeded in ((at, False), (above, True)):
            (load,) = [load for load in loads(*spec) if load.name == "sustained_ingress"]
            assert load.exceeded is exceeded
            assert [r for r in rules(*spec) if "brokers" in r] == ["brokers_without_headroom"]
            assert "sustained_ingress_exceeded" not in rules(*spec)


def serverless(settings: str = "", flow: str = FLOW) -> tuple[str, str]:
    components = f"""
        app: {{type: client}}
        log: {{type: msk.serverless_cluster{settings}}}
        work: {{type: lambda.function, duration: 500 ms}}
        store: {{type: server}}
    """
    flows = f"- app -> log: {{{flow}}}\n- log -> work: {{batch: 100}}\n- log -> store"
    return components, flows


class TestServerless:
    def test_every_load(self) -> None:
        each = [
            ("busy_consumers", 1, 20),
            ("busy_consumers", Fraction("15.36"), 20),
            ("client_connections", 100, 3000),
            # 3 MiB/s in, and read by 2 groups; ÷ 20 partitions.
            ("cluster_egress", 6, 400),
            ("cluster_ingress", 3, 200),
            ("consumer_groups", 2, 500),
            # 100 messages of 1 KB, and 1 of them, in MB.
            ("fetch_size", Fraction(1, 1024), 55),
            ("fetch_size", Fraction(100, 1024), 55),
            ("leader_partitions", 20, 2400),
            ("max_message_bytes", 1024, 1_048_588),
            ("partition_egress", Fraction("0.3"), 10),
            ("partition_ingress", Fraction("0.15"), 5),
            ("serverless_clusters", 1, 10),
            ("serverless_message_size", 1024, 8_388_608),
        ]

        assert borne("log", *serverless(", partitions: 20, connections: 100")) == sorted(each)

    def test_compacted_topics_have_fewer_partitions(self) -> None:
        found = borne("log", *serverless(", partitions: 20, compacted: true"))

        assert ("leader_partitions", 20, 120) in found
        assert "client_connections" not in {name for name, _, _ in found}

    def test_a_message_above_both_limits_is_told_once(self) -> None:
        spec = serverless(flow="rate: 1/s, size: 9 MB")

        assert [r for r in rules(*spec) if "message" in r] == ["serverless_message_size_exceeded"]

    def test_each_of_two_flows_between_the_same_is_told(self) -> None:
        components, flows = serverless(flow="rate: 1/s, size: 9 MB")
        spec = components, f"{flows}\n- app -> log: {{rate: 1/s, size: 10 MB}}"

        assert rules(*spec).count("serverless_message_size_exceeded") == 2


@pytest.mark.parametrize(
    ("settings", "partitions", "told"), [("", 16, 0), (", partitions: 15", 15, 1)]
)
def test_consumers_of_each_group(settings: str, partitions: int, told: int) -> None:
    """15.36 consumers are busy at the peak, so 16 partitions are derived; 15 are too few."""
    spec = serverless(settings)
    busy = [load for load in loads(*spec) if load.name == "busy_consumers"]

    assert [(load.where, load.load, load.most) for load in busy] == [
        ("log -> work", Fraction("15.36"), partitions),
        ("log -> store", 1, partitions),
    ]
    assert rules(*spec).count("too_few_partitions") == told


def test_replicator() -> None:
    cluster = "broker_node_group_info: {instance_type: kafka.m7g.large}"
    components = f"""
        app: {{type: client}}
        here: {{type: msk.cluster, {cluster}}}
        copy: {{type: msk.replicator, topics: 100}}
        there: {{type: msk.cluster, {cluster}}}
    """
    flows = f"- app -> here: {{{FLOW}}}\n- here -> copy\n- copy -> there"
    # 3 MiB/s in GB/s.
    each = [
        ("replicated_topics", 100, 750),
        ("replicator_ingress", Fraction(3, 1024), 1),
        ("replicators", 1, 15),
    ]

    assert borne("copy", components, flows) == sorted(each)
    unsaid = components.replace(", topics: 100", "")
    assert borne("copy", unsaid, flows) == sorted(each[1:])


def test_connector() -> None:
    workers = "capacity: {auto_scaling: {mcu_count: 1, min_worker_count: 2, max_worker_count: 4}}"
    components = f"""
        app: {{type: client}}
        sink: {{type: kafkaconnect.connector, {workers}}}
    """
    each = [("workers_per_account", 4, 60), ("workers_per_connector", 4, 10)]

    assert borne("sink", components, f"- app -> sink: {{{FLOW}}}") == each


@pytest.mark.parametrize("spec", [cluster, serverless])
def test_nothing_flows(spec) -> None:
    assert not [load for load in loads(*spec(flow="rate: 0/s, size: 1 KB")) if load.exceeded]
