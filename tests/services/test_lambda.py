"""AWS Lambda, us-east-1: https://aws.amazon.com/lambda/pricing/."""

from decimal import Decimal
from fractions import Fraction

import pytest
from support import SECONDS, cost, found, loads_of, priced, quantity, rules

from archcode.model import Severity

CLIENT = "c: {type: client}\n"
MIB = 1_048_576


def function(settings: str, rate: str = "10/s", flow: str = "size: 1 KB") -> tuple[str, str]:
    return (
        CLIENT + f"f: {{type: lambda.function, {settings}}}",
        f"- c -> f: {{rate: {rate}, {flow}}}",
    )


def test_requests_cost_20_cents_a_million():
    result = priced(*function("duration: 100 ms"))

    # 26,280,000 x $0.0000002
    assert cost(result, "f", "Requests") == Decimal("5.256")


def test_duration_is_memory_times_time():
    result = priced(*function("memory_size: 512, duration: 100 ms"))

    # 26,280,000 x 0.5 GB x 0.1 s = 1,314,000 GB-s x $0.0000166667
    assert quantity(result, "f", "Duration") == 1_314_000
    assert cost(result, "f", "Duration") == Decimal("21.9000438")


def test_arm64_has_its_own_rate():
    result = priced(*function("memory_size: 512, duration: 100 ms, architectures: [arm64]"))

    # 1,314,000 GB-s x $0.0000133334
    assert cost(result, "f", "Duration, arm64") == Decimal("17.5200876")


@pytest.mark.parametrize(
    ("duration", "billed"), [("1 ms", "0.001"), ("1.001 ms", "0.002"), ("100 us", "0.001")]
)
def test_duration_is_rounded_up_to_a_millisecond(duration, billed):
    result = priced(*function(f"memory_size: 1024, duration: {duration}"))

    assert quantity(result, "f", "Duration") == 10 * SECONDS * Decimal(billed)


def test_tiers_take_effect_at_6_and_15_billion_gb_seconds():
    # 10 GB x 10 s x 100/s x 2,628,000 s = 26,280,000,000 GB-s
    result = priced(*function("memory_size: 10240, timeout: 10, duration: 10 s", rate="100/s"))

    first, second, third = sorted(
        (c for c in result.of("f") if c.charge_description.startswith("Duration")),
        key=lambda c: -c.list_unit_price,
    )
    assert first.pricing_quantity == 6_000_000_000
    assert second.pricing_quantity == 9_000_000_000
    assert third.pricing_quantity == 11_280_000_000
    # 6e9 x 0.0000166667 + 9e9 x 0.000015 + 11.28e9 x 0.0000133334
    expected = Decimal("100000.2") + Decimal(135_000) + Decimal("150400.752")
    assert cost(result, "f", "Duration") == expected


def test_a_batch_is_one_invocation():
    result = priced(
        CLIENT + "q: {type: sqs.queue}\nf: {type: lambda.function, duration: 1 s}",
        "- c -> q: {rate: 100/s, size: 1 KB}\n- q -> f: {batch: 10}",
    )

    assert quantity(result, "f", "Requests") == 10 * SECONDS


def test_ephemeral_storage_above_512_mb_is_charged():
    result = priced(*function("duration: 1 s, ephemeral_storage: {size: 1536}"))

    # 26,280,000 x 1 GB x 1 s x $0.0000000309
    assert cost(result, "f", "Ephemeral") == Decimal("0.812052")


def test_512_mb_of_ephemeral_storage_are_free():
    result = priced(*function("duration: 1 s, ephemeral_storage: {size: 512}"))

    assert not any(c.charge_description.startswith("Eph") for c in result.of("f"))


def test_provisioned_concurrency_is_paid_all_month_and_duration_is_cheaper():
    # busy: 10/s x 0.1 s = 1 environment, so all runs on the 2 that are kept warm
    result = priced(
        *function(
            "memory_size: 1024, duration: 100 ms,"
            " provisioned_concurrency_config: {provisioned_concurrent_executions: 2}"
        )
    )

    # 2 x 1 GB x 2,628,000 s x $0.0000041667
    assert cost(result, "f", "Provisioned concurrency") == Decimal("21.9001752")
    # 2,628,000 GB-s x $0.0000097222
    assert cost(result, "f", "Duration on prov") == Decimal("25.5499416")
    assert not any(c.charge_description.startswith("Duration, ") for c in result.of("f"))


def test_what_exceeds_provisioned_concurrency_runs_on_demand():
    # busy: 40/s x 0.1 s = 4 environments, 1 of them warm: a quarter
    result = priced(
        *function(
            "memory_size: 1024, duration: 100 ms,"
            " provisioned_concurrency_config: {provisioned_concurrent_executions: 1}",
            rate="40/s",
        )
    )

    assert quantity(result, "f", "Duration on prov") == 4 * SECONDS / 4
    assert quantity(result, "f", "Duration, x86_64") == 3 * SECONDS


def test_without_a_duration_the_cost_is_unknown():
    result = priced(*function("memory_size: 512"))

    assert not result.complete


def test_the_free_tier_is_a_million_requests_and_400000_gb_seconds():
    result = priced(*function("memory_size: 512, duration: 100 ms"), free_tier=True)

    # 1,000,000 x $0.0000002 and 400,000 x $0.0000166667
    assert cost(result, "(account)", "Free tier: Requests") == Decimal("-0.2")
    assert cost(result, "(account)", "Free tier: Duration") == Decimal("-6.66668")


def test_the_free_tier_is_shared_and_never_more_than_the_usage():
    result = priced(
        CLIENT
        + "a: {type: lambda.function, duration: 1 ms}\n"
        + "b: {type: lambda.function, duration: 1 ms, architectures: [arm64]}",
        "- c -> a: {rate: 400k/month, size: 1 KB}\n- c -> b: {rate: 300k/month, size: 1 KB}",
        free_tier=True,
    )

    lines = [c for c in result.of("(account)") if "Requests" in c.charge_description]
    assert sum(c.pricing_quantity for c in lines) == -700_000


def test_concurrency_is_rate_times_duration_over_batch():
    # 2,000/s / 10 x 0.25 s = 50
    result = priced(
        CLIENT
        + "q: {type: sqs.queue}\n"
        + "f: {type: lambda.function, timeout: 5, duration: 250 ms}",
        "- c -> q: {rate: 100/s, peak: 2000/s, size: 1 KB}\n- q -> f: {batch: 10}",
    )

    (need,) = result.capacity["f"]
    assert need.required == 50
    assert need.formula == "200 invocations/s at peak × 0.25 s = 50, rounded up"


class TestLimits:
    @pytest.mark.parametrize(("rate", "wrong"), [("1000/s", False), ("1001/s", True)])
    def test_account_concurrency(self, rate, wrong):
        names = rules(*function("timeout: 3, duration: 1 s", rate=rate))

        assert ("concurrent_executions_exceeded" in names) is wrong

    def test_account_concurrency_counts_all_functions(self):
        found_ = found(
            CLIENT
            + "a: {type: lambda.function, duration: 1 s}\n"
            + "b: {type: lambda.function, duration: 1 s}",
            "- c -> a: {rate: 600/s, size: 1 KB}\n- c -> b: {rate: 500/s, size: 1 KB}",
        )

        (finding,) = found_
        assert finding.message == (
            "all functions together need 1,100 concurrent executions at peak, over the default"
            " quota of 1,000 concurrent executions per account and region: a headroom of -10%"
        )
        assert finding.severity == "warning"

    @pytest.mark.parametrize(("rate", "wrong"), [("10000/s", False), ("10001/s", True)])
    def test_requests_per_execution(self, rate, wrong):
        names = rules(*function("duration: 1 ms", rate=rate))

        assert ("requests_per_execution_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("6 MB", False), ("6291457 B", True)])
    def test_synchronous_payload(self, size, wrong):
        names = rules(*function("duration: 1 ms", flow=f"size: {size}"))

        assert ("synchronous_payload_exceeded" in names) is wrong

    def test_asynchronous_payload(self):
        for size, wrong in (("1 MB", False), ("1048577 B", True)):
            names = rules(
                CLIENT
                + "t: {type: sns.topic, maximum_message_size: 1 MB}\n"
                + "f: {type: lambda.function, duration: 1 ms}",
                f"- c -> t: {{rate: 1/s, size: {size}}}\n- t -> f",
            )
            assert ("asynchronous_payload_exceeded" in names) is wrong

    @pytest.mark.parametrize(
        ("call", "rule"),
        [
            ("size: 1 MB, invocation_type: Event", None),
            ("size: 1048577 B, invocation_type: Event", "asynchronous_payload_exceeded"),
            ("size: 512 KB, batch: 3, invocation_type: Event", "asynchronous_payload_exceeded"),
            ("size: 6 MB", None),
            ("size: 6291457 B", "synchronous_payload_exceeded"),
            ("size: 2 MB, batch: 3", None),
        ],
    )
    def test_payload_of_a_call_by_a_function(self, call, rule):
        # 3 x 512 KB in one event are 1.5 MB; 3 x 2 MB in one call are 6 MB
        names = rules(
            CLIENT
            + "f: {type: lambda.function, duration: 1 ms}\n"
            + "g: {type: lambda.function, duration: 1 ms}",
            f"- c -> f: {{rate: 1/s, size: 1 KB}}\n- f -> g: {{{call}}}",
        )

        assert [name for name in names if "payload" in name] == ([rule] if rule else [])

    def test_a_batch_above_6_mb_is_said_to_be_smaller_in_fact(self):
        names = rules(
            CLIENT + "q: {type: sqs.queue}\nf: {type: lambda.function, duration: 1 ms}",
            "- c -> q: {rate: 100/s, size: 1 MB}\n- q -> f: {batch: 7}",
        )

        assert "batch_above_payload_limit" in names

    @pytest.mark.parametrize(
        ("reserved", "rule"),
        [
            (20, None),
            (19, "reserved_concurrency_below_peak"),
            (10, "reserved_concurrency_below_peak"),
            (9, "reserved_concurrency_too_low"),
        ],
    )
    def test_reserved_concurrency(self, reserved, rule):
        # mean 10/s x 1 s = 10, peak 20/s x 1 s = 20
        names = rules(
            *function(
                f"duration: 1 s, reserved_concurrent_executions: {reserved}",
                flow="peak: 20/s, size: 1 KB",
            )
        )

        assert names == ([rule] if rule else [])

    @pytest.mark.parametrize(
        ("reserved", "rule"),
        [
            (19, "capped_consumer_without_queue"),
            (10, "capped_consumer_without_queue"),
            (9, "reserved_concurrency_too_low"),
        ],
    )
    def test_of_a_peak_that_is_pushed_a_rule_tells(self, reserved, rule):
        function = f"duration: 1 s, reserved_concurrent_executions: {reserved}"
        names = rules(
            f"{CLIENT}t: {{type: sns.topic}}\nq: {{type: sqs.queue}}\n"
            f"f: {{type: lambda.function, {function}, dead_letter_config: {{target_arn: q}}}}",
            "- c -> t: {rate: 10/s, peak: 20/s, size: 1 KB}\n- t -> f",
        )

        assert names == [rule]


class TestLoads:
    """https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html."""

    def test_behind_a_queue(self):
        spec = (
            (
                CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 250 ms,"
                " reserved_concurrent_executions: 80}"
            ),
            "- c -> q: {rate: 100/s, peak: 2000/s, size: 4 KB}\n- q -> w: {batch: 10}",
        )

        # 2,000/s ÷ 10 × 0.25 s = 50 at a time
        assert loads_of("w", *spec) == [
            ("batch_payload", 40_960, 6 * MIB),
            ("concurrent_executions", 50, 1000),
            ("queue_mapping_concurrency", 50, 1250),
            ("requests_per_execution", 200, 10_000),
            ("reserved_concurrency", 50, 80),
            ("synchronous_payload", 4096, 6 * MIB),
            ("unreserved_concurrency", 80, 900),
        ]

    def test_behind_a_topic_and_without_a_duration(self):
        spec = (
            CLIENT + "t: {type: sns.topic}\nw: {type: lambda.function}",
            "- c -> t: {rate: 7/s, size: 4 KB}\n- t -> w",
        )

        # what it keeps busy is not known, and is not zero
        assert loads_of("w", *spec) == [
            ("asynchronous_payload", 4096, MIB),
            ("requests_per_execution", 7, 10_000),
        ]

    def test_provisioned_pollers(self):
        spec = (
            CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 1 s}",
            (
                "- c -> q: {rate: 20/s, size: 64 KB}\n"
                "- q -> w: {batch: 10, provisioned_poller_config: {maximum_pollers: 4}}"
            ),
        )
        mapping = {
            load for load in loads_of("w", *spec) if "poller" in load[0] or "mapping" in load[0]
        }

        assert mapping == {
            ("minimum_pollers", 2, 200),
            ("maximum_pollers", 4, 10_000),
            ("poller_throughput", Fraction(5, 16), 1),  # 20/s × 64 KB = 1.25 MB/s by 4 pollers
            ("poller_calls", Fraction(1, 2), 10),  # 2 calls/s by 4 pollers
            ("queue_mapping_concurrency", 2, 40),  # 2/s × 1 s; 4 pollers × 10
        }

    @pytest.mark.parametrize(
        ("keys", "most"),
        [
            (", maximum_concurrency: 7", 7),
            ("", 1250),
        ],
    )
    def test_what_a_mapping_runs(self, keys, most):
        spec = (
            CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 1 s}",
            f"- c -> q: {{rate: 20/s, size: 1 KB}}\n- q -> w: {{batch: 10{keys}}}",
        )

        assert ("queue_mapping_concurrency", 2, most) in loads_of("w", *spec)

    @pytest.mark.parametrize(("rate", "wrong"), [(500, False), (501, True)])
    def test_what_reservations_leave_to_others(self, rate, wrong):
        # https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
        # 1,000 − 500 are left, and b needs 500/s × 1 s; with a's 10 they are within 1,000
        spec = (
            CLIENT
            + "a: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 500}\n"
            + "b: {type: lambda.function, duration: 1 s}",
            f"- c -> a: {{rate: 10/s, size: 1 KB}}\n- c -> b: {{rate: {rate}/s, size: 1 KB}}",
        )
        told = found(*spec)

        assert [f.rule for f in told] == ["shared_concurrency_exceeded"] * wrong
        for finding in told:
            assert (finding.severity, finding.where) == (Severity.WARNING, "b")
            assert finding.message == (
                "functions that reserve nothing need 501 concurrent executions at peak, and the"
                " reservations of others leave 500 of the default quota: a headroom of -0.2%"
            )
            assert finding.hint == "reserve less, or request a higher quota"

    def test_a_quota_that_all_exceed_is_told_once(self):
        spec = (
            CLIENT
            + "a: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 500}\n"
            + "b: {type: lambda.function, duration: 1 s}",
            "- c -> a: {rate: 10/s, size: 1 KB}\n- c -> b: {rate: 1001/s, size: 1 KB}",
        )

        assert rules(*spec) == ["concurrent_executions_exceeded"]
