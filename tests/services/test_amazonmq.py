"""Amazon MQ by hand: https://aws.amazon.com/amazon-mq/pricing/ and the limits of its brokers.

Prices of us-east-1 on that page: ActiveMQ mq.t3.micro $0.02704 an hour, mq.m5.large $0.288, twice
that as active/standby; RabbitMQ mq.m7g.large $0.2734, $0.8201 as a cluster of three; storage per
GB-month $0.30 on EFS and $0.10 on EBS, on every node of a cluster.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from support import PRICES, cost, found, priced, quantity, topology

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.services import find

M5_CONNECTIONS = {
    "mq.m5.large": 5000,
    "mq.m5.xlarge": 10_000,
    "mq.m5.2xlarge": 20_000,
    "mq.m5.4xlarge": 40_000,
}
"""https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-resource-hard-limit.html."""


class Node(NamedTuple):
    """GB of a cluster node by default and at most, connections by default and at most."""

    cluster_storage: int
    cluster_storage_most: int
    cluster_connections: int
    single_connections: int
    connections_most: int


NODES = {
    "mq.m7g.medium": Node(5, 25, 100, 100, 300),
    "mq.m7g.large": Node(15, 75, 500, 1500, 5000),
    "mq.m7g.xlarge": Node(25, 125, 1000, 3000, 10_000),
    "mq.m7g.2xlarge": Node(45, 180, 2000, 6000, 20_000),
    "mq.m7g.4xlarge": Node(90, 250, 4000, 12_000, 40_000),
    "mq.m7g.8xlarge": Node(175, 400, 8000, 24_000, 80_000),
    "mq.m7g.12xlarge": Node(260, 500, 12_000, 36_000, 120_000),
    "mq.m7g.16xlarge": Node(345, 500, 16_000, 48_000, 160_000),
}
"""https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rmq-broker-instance-types.html and
rabbitmq-resource-limits-configuration.html there."""
ACTIVEMQ_TYPES = ("mq.t3.micro", *M5_CONNECTIONS)
RABBITMQ_TYPES = (*M5_CONNECTIONS, *NODES)
MODES = {
    "single": "SINGLE_INSTANCE",
    "pair": "ACTIVE_STANDBY_MULTI_AZ",
    "cluster": "CLUSTER_MULTI_AZ",
}


def broker(engine: str, mode: str, kind: str, more: str = "") -> str:
    settings = f"engine_type: {engine}, deployment_mode: {MODES[mode]}, host_instance_type: {kind}"
    return f"{settings}, {more}" if more else settings


def active(mode: str = "single", kind: str = "mq.m5.large", more: str = "") -> str:
    return broker("ACTIVEMQ", mode, kind, more)


def rabbit(mode: str = "cluster", kind: str = "mq.m7g.large", more: str = "") -> str:
    return broker("RABBITMQ", mode, kind, more)


def spec(settings: str, flow: str = "rate: 10/s, size: 1 KB", worker: str = "") -> tuple:
    """One producer, one broker, one worker outside AWS."""
    components = f"""
        app: {{type: server}}
        mq: {{type: amazonmq.broker, {settings}}}
        worker: {{type: server}}
    """
    return components, f"- app -> mq: {{{flow}}}\n- mq -> worker: {{{worker}}}"


def behind(settings: str, flow: str, mapping: str) -> tuple:
    """A broker with one function of half a second behind it."""
    components = f"""
        app: {{type: server}}
        mq: {{type: amazonmq.broker, {settings}}}
        work: {{type: lambda.function, duration: 500 ms}}
    """
    return components, f"- app -> mq: {{{flow}}}\n- mq -> work: {{{mapping}}}"


def one(rule: str, *texts: str, **options: object) -> Finding:
    (finding,) = [f for f in found(*texts, **options) if f.rule == rule]
    return finding


def named(word: str, *texts: str) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in found(*texts) if word in f.rule]


def refused(settings: str) -> Finding:
    with pytest.raises(SpecError) as caught:
        topology(*spec(settings))
    (finding,) = caught.value.findings
    return finding


class TestHours:
    @pytest.mark.parametrize(
        ("settings", "price"),
        [
            (active("single", "mq.t3.micro"), "0.02704"),
            (active("pair", "mq.t3.micro"), "0.05408"),
            (active("single"), "0.288"),
            (active("pair"), "0.576"),
            (rabbit("single"), "0.2734"),
            (rabbit("cluster"), "0.8201"),
            (rabbit("cluster", "mq.m5.large"), "0.864"),
        ],
    )
    def test_one_price_covers_all_instances(self, settings: str, price: str) -> None:
        # 730 h × the price of the broker, pair or cluster
        result = priced(*spec(settings))
        engine = "RabbitMQ" if "RABBITMQ" in settings else "ActiveMQ"
        assert quantity(result, "mq", engine) == 730
        assert cost(result, "mq", engine) == 730 * Decimal(price)

    @pytest.mark.parametrize(
        ("settings", "meter"),
        [
            *((active("single", k), f"activemq_single_instance_{k}") for k in ACTIVEMQ_TYPES),
            *((active("pair", k), f"activemq_active_standby_{k}") for k in ACTIVEMQ_TYPES),
            *((rabbit("single", k), f"rabbitmq_single_instance_{k}") for k in RABBITMQ_TYPES),
            *((rabbit("cluster", k), f"rabbitmq_cluster_3_node_{k}") for k in RABBITMQ_TYPES),
        ],
    )
    def test_every_broker_has_its_price(self, settings: str, meter: str) -> None:
        (tier,) = PRICES.find("mq", meter.replace(".", "_"), "us-east-1")
        hours, *_ = priced(*spec(settings)).of("mq")
        assert hours.list_cost == 730 * tier.usd

    @pytest.mark.parametrize(
        ("settings", "number"), [(active("single"), 1), (active("pair"), 2), (rabbit(), 3)]
    )
    def test_instances(self, settings: str, number: int) -> None:
        result = priced(*spec(settings))
        (capacity,), (hours, *_) = result.capacity["mq"], result.of("mq")
        assert (f"{number} instances in one price" in hours.formula) is (number > 1)
        assert (capacity.name, capacity.required) == ("instances", number)


class TestStorage:
    @pytest.mark.parametrize(
        ("settings", "amount", "price"),
        [
            (active(more="stored: 20 GB"), 20, "0.30"),
            (active("pair", more="stored: 20 GB"), 20, "0.30"),
            (active(more="stored: 20 GB, storage_type: EBS"), 20, "0.10"),
            (rabbit("single", more="stored: 20 GB"), 20, "0.10"),
            (rabbit("cluster", "mq.m7g.xlarge", "stored: 20 GB"), 3 * 20, "0.10"),
        ],
    )
    def test_gb_months(self, settings: str, amount: int, price: str) -> None:
        storage = priced(*spec(settings)).of("mq")[1]
        assert storage.pricing_quantity == amount
        assert storage.list_cost == amount * Decimal(price)

    def test_half_a_gb(self) -> None:
        result = priced(*spec(rabbit(more="stored: 512 MB")))
        assert result.of("mq")[1].pricing_quantity == Decimal("1.5")

    def test_unknown_is_not_zero(self) -> None:
        result = priced(*spec(rabbit()))
        storage = result.of("mq")[1]
        assert storage.list_cost is None
        assert storage.charge_description == "RabbitMQ storage on EBS (unknown: depends on stored)"
        assert not result.complete

    def test_measured_storage(self) -> None:
        result = priced(*spec(rabbit(more="usage: {storage_gb_months: 30}")))
        assert result.of("mq")[1].list_cost == 3
        assert result.complete

    def test_a_month_of_a_whole_broker(self) -> None:
        # 730 × 0.8201 = 598.673; 3 × 8 GB × 0.10 = 2.40; 10/s × 2,628,000 s × 1 KB =
        # 25.06256103515625 GB, in and out again, × 2/3 × 2 directions × 0.01
        result = priced(*spec(rabbit(more="stored: 8 GB")))
        assert result.list_cost == Decimal("601.7413349609375")

    def test_a_month_of_an_active_standby_broker(self) -> None:
        # 730 × 0.576 = 420.48; 50 GB × 0.30 = 15; 25.06256103515625 GB in and out × 1/2 × 2
        # = 50.125122070312 GB, with 12 digits, × 0.01
        result = priced(*spec(active("pair", more="stored: 50 GB")))
        assert result.list_cost == Decimal("435.98125122070312")


class TestZones:
    """https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer: $0.01 per GB and direction.

    1,024/s × 2,628,000 s × 1 KB = 2,566.40625 GB in, and as much out.
    """

    FLOW = "rate: 1024/s, size: 1 KB"

    @pytest.mark.parametrize(
        ("settings", "crossing"),
        [
            (active("pair"), "5132.8125"),  # 2 × 2,566.40625 × 1/2 × 2
            (rabbit("cluster"), "6843.75"),  # 2 × 2,566.40625 × 2/3 × 2
            (rabbit("cluster", more="cross_zone_share: 10%"), "1026.5625"),  # … × 1/10 × 2
            (active("pair", more="cross_zone_share: 100%"), "10265.625"),
            (active(more="cross_zone_share: 50%"), "5132.8125"),
        ],
    )
    def test_clients_in_other_zones(self, settings: str, crossing: str) -> None:
        result = priced(*spec(settings, self.FLOW))
        assert quantity(result, "mq", "Data transfer, between zones") == Decimal(crossing)
        paid = cost(result, "mq", "Data transfer, between zones")
        assert paid == Decimal(crossing) * Decimal("0.01")

    @pytest.mark.parametrize("settings", [active(), rabbit(more="cross_zone_share: 0%")])
    def test_one_zone_has_no_other(self, settings: str) -> None:
        charges = priced(*spec(settings, self.FLOW)).of("mq")
        assert not [c for c in charges if "zones" in c.charge_description]

    def test_clients_outside_aws_cross_no_zone(self) -> None:
        components = f"""
            app: {{type: client}}
            mq: {{type: amazonmq.broker, {rabbit()}}}
            worker: {{type: server}}
        """
        flows = f"- app -> mq: {{{self.FLOW}}}\n- mq -> worker"
        # 2,566.40625 GB to the worker × 2/3 × 2
        result = priced(components, flows)
        assert quantity(result, "mq", "Data transfer, between zones") == Decimal("3421.875")

    def test_redeliveries_cross_again(self) -> None:
        # 2,566.40625 × (1 in + (1 − 0.5^7) ÷ 0.5 = 1.984375 out) × 1/2 × 2
        result = priced(*spec(active("pair"), self.FLOW, "failure_rate: 50%"))
        crossing = Decimal("2566.40625") * Decimal("2.984375")
        assert quantity(result, "mq", "Data transfer, between zones") == crossing


class TestStorageLimits:
    @pytest.mark.parametrize(
        ("settings", "gigabytes"),
        [
            (active("single", "mq.t3.micro"), 20),
            (active("pair"), 200),
            (rabbit("single"), 200),
            (rabbit("cluster", "mq.m5.large"), 200),
            *((rabbit("cluster", kind), node.cluster_storage_most) for kind, node in NODES.items()),
        ],
    )
    def test_most(self, settings: str, gigabytes: int) -> None:
        fits, over = f"stored: {gigabytes} GB", f"stored: {gigabytes * 1024 + 1} MB"
        rule = ("storage_exceeded", Severity.ERROR)
        assert rule not in named("storage", *spec(f"{settings}, {fits}"))
        assert named("storage", *spec(f"{settings}, {over}")) == [rule]

    @pytest.mark.parametrize("kind", NODES)
    def test_default_of_a_cluster_node(self, kind: str) -> None:
        gigabytes = NODES[kind].cluster_storage
        fits, over = f"stored: {gigabytes} GB", f"stored: {gigabytes * 1024 + 1} MB"
        assert named("storage", *spec(rabbit("cluster", kind, fits))) == []
        assert named("storage", *spec(rabbit("cluster", kind, over))) == [
            ("default_storage_exceeded", Severity.WARNING)
        ]

    def test_the_words(self) -> None:
        finding = one("storage_exceeded", *spec(active(more="stored: 250 GB")))
        assert finding.where == "mq"
        assert finding.message == (
            "250 GB stored, over the limit of 200 GB per ActiveMQ broker of mq.m5:"
            " a headroom of -25%"
        )


class TestConnections:
    @pytest.mark.parametrize(
        ("settings", "number"),
        [(active("single", "mq.t3.micro"), 300), (active("pair"), 2000)],
    )
    def test_activemq_quota_per_protocol(self, settings: str, number: int) -> None:
        assert named("connections", *spec(f"{settings}, connections: {number}")) == []
        assert named("connections", *spec(f"{settings}, connections: {number + 1}")) == [
            ("default_connections_exceeded", Severity.WARNING)
        ]

    @pytest.mark.parametrize(("kind", "number"), M5_CONNECTIONS.items())
    @pytest.mark.parametrize(("mode", "nodes"), [("single", 1), ("cluster", 3)])
    def test_rabbitmq_on_m5(self, mode: str, nodes: int, kind: str, number: int) -> None:
        most = nodes * number
        assert named("connections", *spec(rabbit(mode, kind, f"connections: {most}"))) == []
        assert named("connections", *spec(rabbit(mode, kind, f"connections: {most + 1}"))) == [
            ("connections_exceeded", Severity.ERROR)
        ]

    @pytest.mark.parametrize("kind", NODES)
    @pytest.mark.parametrize(("mode", "nodes"), [("single", 1), ("cluster", 3)])
    def test_rabbitmq_on_m7g(self, mode: str, nodes: int, kind: str) -> None:
        node = NODES[kind]
        default = node.single_connections if mode == "single" else node.cluster_connections
        warning = [("default_connections_exceeded", Severity.WARNING)]
        error = [("connections_exceeded", Severity.ERROR)]
        expected = {
            nodes * default: [],
            nodes * default + 1: warning,
            nodes * node.connections_most: warning,
            nodes * node.connections_most + 1: error,
        }
        for number, findings in expected.items():
            texts = spec(rabbit(mode, kind, f"connections: {number}"))
            assert named("connections", *texts) == findings, number

    def test_the_words(self) -> None:
        finding = one("default_connections_exceeded", *spec(rabbit(more="connections: 3000")))
        assert finding.message == (
            "3,000 connections, 1,000 on each of 3 nodes, over the default quota of 500 connections"
            " per cluster node of mq.m7g.large with RabbitMQ 4: a headroom of -100%"
        )


class TestRates:
    @pytest.mark.parametrize(
        ("settings", "rate", "rule"),
        [
            (active(), 80, "enqueue_rate_efs_exceeded"),
            (active("pair"), 80, "enqueue_rate_efs_exceeded"),
            (active(more="storage_type: EBS"), 500, "enqueue_rate_ebs_exceeded"),
        ],
    )
    def test_activemq_guidelines(self, settings: str, rate: int, rule: str) -> None:
        flow = f"rate: 1/s, peak: {rate}/s, size: 1 KB"
        assert named("enqueue", *spec(settings, flow)) == []
        flow = f"rate: 1/s, peak: {rate + 1}/s, size: 1 KB"
        assert named("enqueue", *spec(settings, flow)) == [(rule, Severity.INFO)]

    def test_the_words(self) -> None:
        finding = one("enqueue_rate_efs_exceeded", *spec(active(), "rate: 120/s, size: 1 KB"))
        assert finding.message == (
            "120 messages/s at peak, over the guideline of 80 messages/s per broker for persistent"
            " messages of 1 KB on EFS: a headroom of -50%"
        )

    def test_rabbitmq_has_no_such_number(self) -> None:
        assert named("enqueue", *spec(rabbit(), "rate: 5000/s, size: 1 KB")) == []


class TestMessageSize:
    @pytest.mark.parametrize(
        ("settings", "size", "rule"),
        [
            (rabbit(), "524288 B", None),
            (rabbit(), "524289 B", ("default_message_size_exceeded", Severity.WARNING)),
            (rabbit(), "134217728 B", ("default_message_size_exceeded", Severity.WARNING)),
            (rabbit(), "134217729 B", ("message_size_exceeded", Severity.ERROR)),
            (rabbit(kind="mq.m5.large"), "1048576 B", None),
            (
                rabbit(kind="mq.m5.large"),
                "1048577 B",
                ("advised_message_size_exceeded", Severity.INFO),
            ),
            (rabbit(kind="mq.m5.large"), "134217729 B", ("message_size_exceeded", Severity.ERROR)),
            (active(), "134217729 B", None),
        ],
    )
    def test_bounds(self, settings: str, size: str, rule: tuple[str, Severity] | None) -> None:
        texts = spec(settings, f"rate: 1/s, size: {size}")
        assert named("message_size", *texts) == ([rule] if rule else [])

    def test_the_words(self) -> None:
        texts = spec(rabbit(), "rate: 1/s, size: 1 MB")
        finding = one("default_message_size_exceeded", *texts)
        assert finding.message == (
            "app sends messages of 1,048,576 bytes, over the default quota of 524,288 bytes per"
            " message of RabbitMQ 4: a headroom of -100%"
        )


class TestMapping:
    # concurrency × 100 ÷ 0.5 s
    @pytest.mark.parametrize(
        ("settings", "takes"), [(active(more="storage_type: EBS"), 1000), (rabbit(), 200)]
    )
    def test_concurrency_times_batch_over_duration(self, settings: str, takes: int) -> None:
        fits = behind(settings, f"rate: 1/s, peak: {takes}/s, size: 1 KB", "")
        over = behind(settings, f"rate: 1/s, peak: {takes + 1}/s, size: 1 KB", "")
        assert named("mapping", *fits) == []
        assert named("mapping", *over) == [("mapping_too_slow", Severity.WARNING)]

    def test_the_words(self) -> None:
        # 1 × 10 ÷ 0.5 s = 20/s; 100/s × 0.5 s ÷ 10 = 5 at a time, and 81/s needs 4.05
        texts = behind(rabbit(), "rate: 1/s, peak: 81/s, size: 1 KB", "batch: 10")
        assert one("mapping_too_slow", *texts).hint.startswith("needs 5 concurrent batches")
        texts = behind(rabbit(), "rate: 10/s, peak: 100/s, size: 1 KB", "batch: 10")
        finding = one("mapping_too_slow", *texts)
        assert finding.where == "mq -> work"
        assert finding.message == (
            "work takes 20 messages/s (1 concurrent × batch 10 ÷ 0.5 s, the default quota), below"
            " 100/s at peak"
        )
        assert finding.hint == "needs 5 concurrent batches: request a higher quota"

    def test_failed_batches_are_work_too(self) -> None:
        # 120 × nearly 2 deliveries over 1 × 100 ÷ 0.5 s = 200/s
        texts = behind(rabbit(), "rate: 120/s, size: 1 KB", "failure_rate: 50%")
        assert named("mapping", *texts) == [("mapping_too_slow", Severity.WARNING)]

    def test_a_mean_that_does_not_fit(self) -> None:
        texts = behind(rabbit(), "rate: 100/s, size: 1 KB", "batch: 10")
        hint = one("mapping_too_slow", *texts).hint
        assert hint.endswith("; even the mean rate lets a backlog grow without end")


class TestDeliveries:
    @pytest.mark.parametrize(
        ("settings", "most"),
        [
            # https://activemq.apache.org/redelivery-policy: maximumRedeliveries 6
            (active(), 7),
            # quorum queues of RabbitMQ 4 drop a message at its 21st failure: the limit is 20
            (rabbit(), 21),
        ],
    )
    def test_a_message_is_given_up(self, settings: str, most: int) -> None:
        result = topology(*spec(settings, worker="failure_rate: 50%"))
        hop = next(h for h in result.hops if h.target == "worker")
        assert hop.dead == Fraction(1, 2**most)
        assert hop.attempts == (1 - Fraction(1, 2**most)) * 2

    def test_rabbitmq_3_13_has_no_limit(self) -> None:
        result = topology(*spec(rabbit(kind="mq.m5.large"), worker="failure_rate: 50%"))
        hop = next(h for h in result.hops if h.target == "worker")
        assert (hop.attempts, hop.dead) == (Fraction(2), Fraction(0))

    def test_workers_share_the_messages(self) -> None:
        components = f"""
            app: {{type: server}}
            mq: {{type: amazonmq.broker, {rabbit()}}}
            a: {{type: server}}
            b: {{type: server}}
        """
        flows = """
            - app -> mq: {rate: 100/s, size: 1 KB}
            - mq -> a: {share: 70%}
            - mq -> b
        """
        result = topology(components, flows)
        loads = {h.target: h.handed.messages_per_second for h in result.hops}
        assert (loads["a"], loads["b"]) == (70, 30)


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "rule", "message"),
        [
            (
                active("cluster"),
                "activemq_cluster",
                (
                    "is an ActiveMQ broker with deployment_mode: CLUSTER_MULTI_AZ; allowed:"
                    " SINGLE_INSTANCE, ACTIVE_STANDBY_MULTI_AZ"
                ),
            ),
            (
                rabbit("pair"),
                "rabbitmq_active_standby",
                (
                    "is a RabbitMQ broker with deployment_mode: ACTIVE_STANDBY_MULTI_AZ; allowed:"
                    " SINGLE_INSTANCE, CLUSTER_MULTI_AZ"
                ),
            ),
            (
                rabbit(more="storage_type: EFS"),
                "rabbitmq_on_efs",
                "is a RabbitMQ broker with storage_type: EFS; allowed: EBS",
            ),
            (
                active("pair", more="storage_type: EBS"),
                "ebs_with_standby",
                "has storage_type: EBS, which needs deployment_mode: SINGLE_INSTANCE on ActiveMQ",
            ),
            (
                active("single", "mq.t3.micro", "storage_type: EBS"),
                "ebs_on_micro",
                "has storage_type: EBS, which needs an mq.m5 instance on ActiveMQ",
            ),
            (
                active("single", "mq.m7g.large"),
                "instance_type_of_other_engine",
                (
                    "is a broker of ActiveMQ on mq.m7g.large; allowed: mq.t3.micro, mq.m5.large,"
                    " mq.m5.xlarge, mq.m5.2xlarge, mq.m5.4xlarge"
                ),
            ),
            (
                rabbit("single", "mq.t3.micro"),
                "instance_type_of_other_engine",
                (
                    "is a broker of RabbitMQ on mq.t3.micro; allowed: mq.m5.large, mq.m5.xlarge,"
                    " mq.m5.2xlarge, mq.m5.4xlarge, mq.m7g.medium, mq.m7g.large, mq.m7g.xlarge,"
                    " mq.m7g.2xlarge, mq.m7g.4xlarge, mq.m7g.8xlarge, mq.m7g.12xlarge,"
                    " mq.m7g.16xlarge"
                ),
            ),
        ],
    )
    def test_what_does_not_go_together(self, settings: str, rule: str, message: str) -> None:
        finding = refused(settings)
        assert (finding.rule, finding.message, finding.where) == (rule, message, "mq")

    @pytest.mark.parametrize(
        "settings",
        [
            active(more="storage_type: EBS"),
            active("pair", more="storage_type: EFS"),
            active("pair", "mq.t3.micro"),
            rabbit("single", "mq.m7g.medium", "storage_type: EBS"),
            rabbit("cluster", "mq.m5.4xlarge"),
        ],
    )
    def test_what_goes_together(self, settings: str) -> None:
        topology(*spec(settings))

    @pytest.mark.parametrize("key", ["engine_type", "deployment_mode", "host_instance_type"])
    def test_what_is_required(self, key: str) -> None:
        settings = ", ".join(p for p in rabbit().split(", ") if not p.startswith(key))
        assert refused(settings).message == f"needs {key}"

    def test_connections_are_counted(self) -> None:
        assert refused(rabbit(more="connections: 0")).message == "is 0, below the minimum of 1"


class TestWords:
    @pytest.mark.parametrize(
        ("settings", "summary"),
        [
            (active(), "ActiveMQ m5.large"),
            (active("pair"), "ActiveMQ active/standby m5.large"),
            (rabbit(), "RabbitMQ cluster m7g.large"),
            (rabbit("single"), "RabbitMQ m7g.large"),
        ],
    )
    def test_summary(self, settings: str, summary: str) -> None:
        traffic = topology(*spec(settings)).traffic["mq"]
        assert find("amazonmq.broker").summary(traffic.settings) == summary

    @pytest.mark.parametrize(("number", "over"), [(200, False), (201, True)])
    def test_brokers_of_an_account(self, number: int, *, over: bool) -> None:
        names = [f"b{i}" for i in range(number)]
        components = ["app: {type: server}"]
        components += [f"{name}: {{type: amazonmq.broker, {rabbit()}}}" for name in names]
        flows = [f"- app -> {name}: {{rate: 1/s, size: 1 KB}}" for name in names]
        texts = "\n".join(components), "\n".join(flows)
        assert bool(named("brokers_exceeded", *texts)) is over
