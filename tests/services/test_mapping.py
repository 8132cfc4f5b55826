"""Lambda's event source mappings, us-east-1: https://aws.amazon.com/lambda/pricing/.

An event poller unit is $0.00925 an hour for queues, one poller each, and $0.185 for Kafka, up to
ten pollers and 20 MB/s each.
"""

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, priced, quantity, rate, rules, topology

CLIENT = "c: {type: client}\n"
REPORT = "ReportBatchItemFailures"
FUNCTION = "f: {type: lambda.function, timeout: 10, duration: 10 ms}"
SLOW = "f: {type: lambda.function, timeout: 10, duration: 10 s}"
QUEUE = CLIENT + (
    "q: {type: sqs.queue, visibility_timeout: 60, redrive_policy: {dead_letter_target: d}}\n"
    "d: {type: sqs.queue, message_retention_period: 14 d}\n"
)
KAFKA = (
    CLIENT + "k: {type: msk.cluster, partitions: 600,"
    " broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
)
STREAM = CLIENT + "s: {type: kinesis.stream}\n"


def queue(pollers: str, load: str, function: str = FUNCTION, flow: str = "") -> tuple[str, str]:
    config = f"function_response_types: [{REPORT}], provisioned_poller_config: {{{pollers}}}{flow}"
    return QUEUE + function, f"- c -> q: {{{load}}}\n- q -> f: {{{config}}}"


def kafka(pollers: str, load: str, function: str = FUNCTION, flow: str = "") -> tuple[str, str]:
    config = f"provisioned_poller_config: {{{pollers}}}{flow}"
    return KAFKA + function, f"- c -> k: {{{load}}}\n- k -> f: {{{config}}}"


class TestPollersOfAQueue:
    @pytest.mark.parametrize(
        ("pollers", "dollars"),
        [
            # 2 pollers, the default, x 730 h x $0.00925 = 1,460 x $0.00925
            ("", "13.505"),
            ("maximum_pollers: 50", "13.505"),
            # 5 x 730 h = 3,650 x $0.00925
            ("minimum_pollers: 5", "33.7625"),
        ],
    )
    def test_the_minimum_is_paid_all_month(self, pollers, dollars):
        result = priced(*queue(pollers, "rate: 1/s, size: 1 KB"))

        assert cost(result, "f", "Provisioned pollers of queues") == Decimal(dollars)

    @pytest.mark.parametrize(("messages", "pollers"), [(48, 3), (49, 4)])
    def test_a_poller_takes_1_mb_a_second(self, messages, pollers):
        # 48/s x 64 KB = 3 MB/s; 49/s are 3.06 MB/s
        result = priced(*queue("", f"rate: {messages}/s, size: 64 KB"))

        assert quantity(result, "f", "Provisioned pollers") == pollers * 730

    @pytest.mark.parametrize(("messages", "pollers"), [(30, 3), (31, 4)])
    def test_a_poller_starts_10_batches_at_a_time(self, messages, pollers):
        # 30/s ÷ 10 x 10 s = 30 batches at a time; 31/s need 31
        result = priced(*queue("", f"rate: {messages}/s, size: 1 KB", SLOW))

        assert quantity(result, "f", "Provisioned pollers") == pollers * 730

    @pytest.mark.parametrize(("messages", "pollers"), [(300, 3), (301, 4)])
    def test_a_poller_makes_10_calls_a_second(self, messages, pollers):
        # 300/s ÷ 10 a call = 30 calls/s
        result = priced(*queue("", f"rate: {messages}/s, size: 1 KB"))

        assert quantity(result, "f", "Provisioned pollers") == pollers * 730

    def test_what_a_filter_drops_is_polled_all_the_same(self):
        # 96/s x 64 KB = 6 MB/s, half of which invokes
        result = priced(*queue("", "rate: 96/s, size: 64 KB", flow=", filter: 50%"))

        assert quantity(result, "f", "Provisioned pollers") == 6 * 730

    def test_there_are_never_more_than_the_maximum(self):
        result = priced(*queue("maximum_pollers: 4", "rate: 96/s, size: 64 KB"))

        assert quantity(result, "f", "Provisioned pollers") == 4 * 730

    def test_without_a_duration_their_number_is_unknown(self):
        components, flows = queue("", "rate: 1/s, size: 1 KB", "f: {type: lambda.function}")
        result = priced(components, flows)

        (charge,) = [c for c in result.of("f") if "pollers" in c.charge_description]
        assert charge.list_cost is None
        assert "depends on duration" in charge.charge_description

    def test_the_formula_says_what_binds(self):
        result = priced(*queue("minimum_pollers: 5", "rate: 48/s, size: 64 KB"))

        (charge,) = [c for c in result.of("f") if "pollers" in c.charge_description]
        assert charge.formula.startswith(
            "q: 5 pollers (5 kept; 3 MB/s need 3; 4.8 calls/s need 1;"
            " 0.05 batches at a time need 1) × 730 h → "
        )

    def test_idle_pollers_poll_long(self):
        result = priced(*queue("minimum_pollers: 4", "rate: 1/day, size: 1 KB", flow=", batch: 1"))

        # 4 pollers x 2,628,000 s / 20 s = 525,600 receives, messages among them; 730/24 messages
        # are sent and deleted
        expected = 525_600 + 2 * Decimal(730) / 24
        assert abs(quantity(result, "q", "Requests") - expected) < Decimal("1e-9")

    @pytest.mark.parametrize(("messages", "wrong"), [(32, False), (33, True)])
    def test_their_throughput_bounds_the_peak(self, messages, wrong):
        # 2 pollers take 2 MB/s, 32/s x 64 KB
        names = rules(*queue("maximum_pollers: 2", f"rate: 1/s, peak: {messages}/s, size: 64 KB"))

        assert names == (["poller_throughput_exceeded"] if wrong else [])

    @pytest.mark.parametrize(("messages", "wrong"), [(200, False), (201, True)])
    def test_their_calls_bound_the_peak(self, messages, wrong):
        names = rules(*queue("maximum_pollers: 2", f"rate: 1/s, peak: {messages}/s, size: 1 KB"))

        assert names == (["poller_calls_exceeded"] if wrong else [])

    def test_a_finding_states_load_limit_and_remedy(self):
        (finding,) = found(*queue("maximum_pollers: 2", "rate: 1/s, peak: 33/s, size: 64 KB"))

        assert finding.severity == "error"
        assert finding.message == (
            "q has 2.06 MB/s at peak for 2 pollers, over the limit of 1 MB/s per provisioned"
            " poller of a queue: a headroom of -3.12%"
        )
        assert finding.hint == "set maximum_pollers: 3 on the flow q -> f"

    @pytest.mark.parametrize(("messages", "wrong"), [(20, False), (21, True)])
    def test_their_concurrency_bounds_the_mapping(self, messages, wrong):
        # 20/s ÷ 10 x 10 s = 20 batches at a time, 10 for each of 2 pollers
        spec = queue("maximum_pollers: 2", f"rate: {messages}/s, size: 1 KB", SLOW)

        assert ("mapping_concurrency_too_low" in rules(*spec)) is wrong

    @pytest.mark.parametrize(
        ("pollers", "rule"),
        [
            ("minimum_pollers: 200", None),
            ("minimum_pollers: 201, maximum_pollers: 300", "minimum_pollers_exceeded"),
            ("minimum_pollers: 2, maximum_pollers: 2", None),
            ("minimum_pollers: 1", "too_few_pollers"),
            ("minimum_pollers: 3, maximum_pollers: 2", "maximum_pollers_below_minimum"),
            ("maximum_pollers: 10000", None),
        ],
    )
    def test_how_many_there_may_be(self, pollers, rule):
        names = rules(*queue(pollers, "rate: 1/s, size: 1 KB"))

        assert names == ([rule] if rule else [])


class TestPollersOfKafka:
    @pytest.mark.parametrize(
        ("pollers", "dollars"),
        [
            # 1 poller, the default, is 1 unit: 730 h x $0.185
            ("", "135.05"),
            ("minimum_pollers: 10", "135.05"),
            # 11 pollers are 2 units: 1,460 h x $0.185
            ("minimum_pollers: 11", "270.1"),
        ],
    )
    def test_a_unit_runs_10_pollers(self, pollers, dollars):
        result = priced(*kafka(pollers, "rate: 1/s, size: 1 KB"))

        assert cost(result, "f", "Provisioned pollers of Kafka") == Decimal(dollars)

    @pytest.mark.parametrize(("messages", "units"), [(320, 1), (321, 2)])
    def test_a_unit_takes_20_mb_a_second(self, messages, units):
        # 320/s x 64 KB = 20 MB/s, by 4 pollers; 321/s need a fifth poller, and a second unit
        result = priced(*kafka("", f"rate: {messages}/s, size: 64 KB"))

        assert quantity(result, "f", "Provisioned pollers") == units * 730

    @pytest.mark.parametrize(("messages", "units"), [(500, 1), (501, 2)])
    def test_a_poller_starts_5_batches_at_a_time(self, messages, units):
        # 500/s ÷ 100 x 10 s = 50 batches at a time, by 10 pollers; 501/s need 11
        result = priced(*kafka("", f"rate: {messages}/s, size: 1 KB", SLOW))

        assert quantity(result, "f", "Provisioned pollers") == units * 730

    def test_the_formula_says_how_units_are_counted(self):
        result = priced(*kafka("minimum_pollers: 11", "rate: 64/s, size: 64 KB"))

        (charge,) = [c for c in result.of("f") if "pollers" in c.charge_description]
        assert charge.formula.startswith(
            "k: 11 pollers (11 kept; 4 MB/s need 1; 0.0064 batches at a time need 1), 2 units of"
            " 10 pollers and 20 MB/s at most, × 730 h → "
        )

    @pytest.mark.parametrize(("messages", "wrong"), [(160, False), (161, True)])
    def test_their_throughput_bounds_the_peak(self, messages, wrong):
        # 2 pollers take 10 MB/s, 160/s x 64 KB
        spec = kafka("maximum_pollers: 2", f"rate: 1/s, peak: {messages}/s, size: 64 KB")

        assert ("poller_throughput_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("messages", "wrong"), [(100, False), (101, True)])
    def test_their_concurrency_bounds_the_peak(self, messages, wrong):
        # 2 pollers start 10 batches: 100/s ÷ 100 x 10 s = 10
        spec = kafka("maximum_pollers: 2", f"rate: 1/s, peak: {messages}/s, size: 1 KB", SLOW)

        assert ("poller_concurrency_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("most", "wrong"), [(2000, False), (2001, True)])
    def test_most_pollers(self, most, wrong):
        names = rules(*kafka(f"maximum_pollers: {most}", "rate: 1/s, size: 1 KB"))

        assert ("maximum_pollers_exceeded" in names) is wrong


def test_a_mapping_without_provisioned_pollers_is_polled_for_nothing():
    result = priced(QUEUE + FUNCTION, "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> f")

    assert not [c for c in result.of("f") if "pollers" in c.charge_description]


class TestRetries:
    FAILED = STREAM + FUNCTION + "\nd: {type: sqs.queue}"

    @pytest.mark.parametrize(
        ("retries", "delivered", "given_up"),
        [
            # 1,000/s of which 10% fail: 1,000 + 100 + 10 deliveries, and 1/s fails thrice
            (2, 1110, 1),
            # one try: 100/s are given up
            (0, 1000, 100),
        ],
    )
    def test_a_stream_mapping_gives_up_after_its_retries(self, retries, delivered, given_up):
        result = topology(
            self.FAILED,
            "- c -> s: {rate: 1000/s, size: 1 KB}\n- s -> f: {failure_rate: 10%,"
            f" maximum_retry_attempts: {retries}, on_failure: d}}",
        )

        assert result.traffic["f"].received.messages_per_second == delivered
        assert rate(result, "f -> d") == given_up
        assert result.traffic["f"].passed_on.messages_per_second == 1000 - given_up

    @pytest.mark.parametrize("key", ["", ", maximum_retry_attempts: -1"])
    def test_without_a_number_it_tries_until_it_succeeds(self, key):
        result = topology(
            self.FAILED,
            f"- c -> s: {{rate: 900/s, size: 1 KB}}\n- s -> f: {{failure_rate: 10%{key},"
            " on_failure: d}",
        )

        # 900/s ÷ 90%
        assert result.traffic["f"].received.messages_per_second == 1000
        assert rate(result, "f -> d") == 0

    def test_kafka_mappings_count_their_tries_too(self):
        result = topology(
            KAFKA + FUNCTION,
            "- c -> k: {rate: 1000/s, size: 1 KB}\n- k -> f: {failure_rate: 10%,"
            " maximum_retry_attempts: 1, provisioned_poller_config: {}}",
        )

        assert result.traffic["f"].received.messages_per_second == 1100

    def test_the_destination_pays_for_what_it_takes(self):
        result = priced(
            self.FAILED,
            "- c -> s: {rate: 1000/s, size: 1 KB}\n- s -> f: {failure_rate: 10%,"
            " maximum_retry_attempts: 2, on_failure: d}",
        )

        # 1/s x 2,628,000 s sends x $0.0000004
        assert quantity(result, "d", "Requests") == SECONDS
        assert cost(result, "d") == Decimal("1.0512")

    def test_the_dead_letter_queue_of_a_function_takes_nothing_of_a_mapping(self):
        result = topology(
            STREAM
            + "f: {type: lambda.function, duration: 10 ms, dead_letter_config: {target_arn: d}}\n"
            "d: {type: sqs.queue}",
            "- c -> s: {rate: 1000/s, size: 1 KB}\n- s -> f: {failure_rate: 10%,"
            " maximum_retry_attempts: 0}",
        )

        assert rate(result, "f -> d") == 0


class TestReservations:
    @pytest.mark.parametrize(("other", "wrong"), [(400, False), (401, True)])
    def test_100_executions_stay_unreserved(self, other, wrong):
        names = rules(
            CLIENT + "a: {type: lambda.function, duration: 1 ms, reserved_concurrent_executions:"
            " 500}\n"
            "b: {type: lambda.function, duration: 1 ms, reserved_concurrent_executions:"
            f" {other}}}",
            "- c -> a: {rate: 1/s, size: 1 KB}\n- c -> b: {rate: 1/s, size: 1 KB}",
        )

        assert names == (["unreserved_concurrency_exceeded"] if wrong else [])
