"""AWS Step Functions, us-east-1: https://aws.amazon.com/step-functions/pricing/."""

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError

CLIENT = "c: {type: client}\n"


def machine(
    settings: str = "", start: str = "rate: 10/s, size: 1 KB", task: str = ""
) -> tuple[str, str]:
    """A state machine with one task."""
    return (
        CLIENT
        + f"m: {{type: stepfunctions.state_machine{settings}}}\n"
        + "f: {type: lambda.function, duration: 1 ms}",
        f"- c -> m: {{{start}}}\n- m -> f: {{{task}}}",
    )


def express(settings: str = "", **options: str) -> tuple[str, str]:
    return machine(f", state_machine_type: EXPRESS{settings}", **options)


def refused(settings: str) -> str:
    """The rule that a setting breaks, if it breaks one."""
    try:
        topology(*machine(f", {settings}"))
    except SpecError as error:
        return error.findings[0].rule
    return ""


class TestStandard:
    def test_transitions_cost_25_dollars_a_million(self):
        result = priced(*machine(", transitions: 5"))

        # 10/s x 2,628,000 s x 5 = 131,400,000 x $0.000025
        assert quantity(result, "m", "State transitions") == 131_400_000
        assert cost(result, "m", "State transitions") == 3285

    def test_transitions_are_an_average(self):
        result = priced(*machine(", transitions: 6.1"))

        # 26,280,000 x 6.1
        assert quantity(result, "m", "State transitions") == 160_308_000

    def test_each_retry_is_one_more(self):
        result = priced(
            *machine(", transitions: 5", task="failure_rate: 50%, maximum_retry_attempts: 2")
        )

        # 1 + 1/2 + 1/4 = 1.75 tries of the task: 26,280,000 x (5 + 0.75)
        assert quantity(result, "m", "State transitions") == 151_110_000
        (charge,) = [c for c in result.of("m") if c.charge_description == "State transitions"]
        assert charge.formula.startswith(
            "26,280,000 executions × 5 transitions + 19,710,000 retries of tasks → "
        )

    def test_a_task_without_retries_runs_once(self):
        result = priced(*machine(", transitions: 5", task="failure_rate: 50%"))

        assert quantity(result, "m", "State transitions") == 131_400_000
        assert quantity(result, "f", "Requests") == 26_280_000

    def test_4000_transitions_a_month_are_free(self):
        result = priced(*machine(", transitions: 5"), free_tier=True)

        # 4,000 x $0.000025
        assert cost(result, "(account)", "Free tier: State transitions") == Decimal("-0.1")

    def test_without_transitions_the_cost_is_unknown(self):
        assert "quantity_unknown" in rules(*machine())

    def test_other_regions_have_their_own_price(self):
        result = priced(*machine(", transitions: 5"), region="eu-west-3")

        # 131,400,000 x $0.0000297
        assert cost(result, "m", "State transitions") == Decimal("3902.58")

    def test_a_stated_quantity_takes_the_place_of_the_derived_one(self):
        result = priced(*machine(", usage: {transitions: 2M}"))

        # 2,000,000 x $0.000025
        assert cost(result, "m", "State transitions") == 50


class TestExpress:
    def test_requests_cost_a_dollar_a_million(self):
        result = priced(*express(", duration: 1 s, memory: 64 MB"))

        # 26,280,000 x $0.000001
        assert cost(result, "m", "Requests, Express") == Decimal("26.28")

    def test_duration_is_memory_times_time(self):
        result = priced(*express(", duration: 1 s, memory: 64 MB"))

        # 26,280,000 x 64/1024 GB x 1 s = 1,642,500 GB-s x $0.00001667
        assert quantity(result, "m", "Duration, Express") == 1_642_500
        assert cost(result, "m", "Duration, Express") == Decimal("27.380475")

    @pytest.mark.parametrize(
        ("duration", "billed"),
        [("1 ms", "0.1"), ("100 ms", "0.1"), ("100.1 ms", "0.2"), ("1.95 s", "2")],
    )
    def test_time_is_rounded_up_to_100_ms(self, duration, billed):
        result = priced(*express(f", duration: {duration}, memory: 64 MB"))

        # 1,642,500 GB-s for each second
        assert quantity(result, "m", "Duration, Express") == 1_642_500 * Decimal(billed)

    @pytest.mark.parametrize(
        ("memory", "chunks"), [("1 KB", 1), ("64 MB", 1), ("67108865 B", 2), ("129 MB", 3)]
    )
    def test_memory_is_rounded_up_to_64_mb(self, memory, chunks):
        result = priced(*express(f", duration: 1 s, memory: {memory}"))

        assert quantity(result, "m", "Duration, Express") == 1_642_500 * chunks

    def test_tiers_take_effect_at_1000_and_5000_gb_hours(self):
        result = priced(*express(", duration: 100 s, memory: 64 MB"))

        # 164,250,000 GB-s: 3,600,000 x $0.00001667 + 14,400,000 x $0.00000833
        # + 146,250,000 x $0.00000456 = 60.012 + 119.952 + 666.9
        assert quantity(result, "m", "Duration, Express") == 164_250_000
        assert cost(result, "m", "Duration, Express") == Decimal("846.864")

    @pytest.mark.parametrize(
        ("settings", "missing"),
        [
            ("", "memory and duration"),
            (", duration: 1 s", "memory"),
            (", memory: 64 MB", "duration"),
        ],
    )
    def test_what_is_not_said_is_unknown(self, settings, missing):
        findings = [f for f in found(*express(settings)) if f.rule == "quantity_unknown"]

        assert [f.message for f in findings] == [
            f"the cost of Duration, Express depends on {missing}"
        ]

    def test_transitions_are_not_charged(self):
        result = priced(*express(", duration: 1 s, memory: 64 MB, transitions: 5"))

        names = {c.charge_description for c in result.of("m")}
        assert names == {"Requests, Express", "Duration, Express"}


class TestObservation:
    def test_logs_are_charged_by_the_gb(self):
        result = priced(
            *machine(", transitions: 5, logging_configuration: {level: ALL}, logged: 4 KB")
        )

        # 26,280,000 x 4,096 bytes / 2^30 = 100.250244140625 GB x $0.50
        assert quantity(result, "m", "CloudWatch Logs") == Decimal("100.250244140625")
        assert cost(result, "m", "CloudWatch Logs") == Decimal("50.1251220703125")

    def test_many_logs_get_the_volume_prices_of_vended_logs(self):
        """https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html."""
        result = priced(
            *machine(", transitions: 5, logging_configuration: {level: ALL}, logged: 1 MB")
        )

        # 26,280,000 MB / 1,024 = 25,664.0625 GB: 10,240 x $0.50 + 15,424.0625 x $0.25
        assert cost(result, "m", "CloudWatch Logs") == Decimal("8976.015625")

    def test_a_level_without_a_size_is_unknown(self):
        spec = machine(", transitions: 5, logging_configuration: {level: ERROR}")

        assert rules(*spec) == ["quantity_unknown"]

    def test_what_is_logged_needs_a_level(self):
        assert refused("transitions: 5, logged: 4 KB") == "logged_without_level"
        level = "logging_configuration: {level: OFF}"
        assert refused(f"transitions: 5, logged: 4 KB, {level}") == "logged_without_level"

    @pytest.mark.parametrize(("transitions", "wrong"), [("1", False), ("0.5", True), ("0", True)])
    def test_an_execution_has_a_transition(self, transitions, wrong):
        text = f"transitions: {transitions}"
        assert (refused(text) == "transitions_below_1") is wrong

    def test_a_key_and_its_kind_go_together(self):
        own = "type: CUSTOMER_MANAGED_KMS_KEY"
        assert refused(f"encryption_configuration: {{{own}}}") == "key_not_named"
        owned = "type: AWS_OWNED_KEY, kms_key_id: k"
        assert refused(f"encryption_configuration: {{{owned}}}") == "key_beside_owned_key"

    def test_traces_have_no_price_here(self):
        spec = machine(", transitions: 5, tracing_configuration: {enabled: true}")

        assert rules(*spec) == ["price_unknown"]

    def test_requests_to_a_key_of_your_own_are_unknown(self):
        key = "encryption_configuration: {type: CUSTOMER_MANAGED_KMS_KEY, kms_key_id: alias/saga}"
        own = "encryption_configuration: {type: AWS_OWNED_KEY}"

        assert "quantity_unknown" in rules(*machine(f", transitions: 5, {key}"))
        assert rules(*machine(f", transitions: 5, {own}")) == []


class TestTraffic:
    def test_every_task_takes_every_execution(self):
        spec = machine(start="rate: 10/s, peak: 30/s, size: 1 KB", task="filter: 40%")

        assert rate(topology(*spec), "m -> f") == 4

    def test_a_batch_starts_one_execution(self):
        result = priced(*machine(", transitions: 5", start="rate: 10/s, size: 1 KB, batch: 5"))

        # 2/s x 2,628,000 s x 5
        assert quantity(result, "m", "State transitions") == 26_280_000

    def test_a_token_that_is_given_back_starts_nothing(self):
        components, flows = machine(", transitions: 5")
        components += "\nq: {type: sqs.queue, receive_message_wait_time_seconds: 20,"
        components += " redrive_policy: {dead_letter_target: d}}"
        components += "\nd: {type: sqs.queue, message_retention_period: 14 d}"
        components += "\ns: {type: server}"
        flows += "\n- m -> q\n- q -> s\n- s -> m: {task_token: true}"
        result = priced(components, flows)

        assert quantity(result, "m", "State transitions") == 131_400_000
        assert quantity(result, "f", "Requests") == 10 * SECONDS
        assert [f.rule for f in found(components, flows)] == []

    def test_open_executions_are_rate_times_duration(self):
        start = "rate: 2/s, peak: 50/s, size: 1 KB"
        waits = priced(*machine(", duration: 1 d", start=start))
        quick = priced(*express(", duration: 2 s", start=start))

        # Standard at the mean rate: 2/s x 86,400 s; Express at the peak: 50/s x 2 s
        assert [c.required for c in waits.capacity["m"]] == [172_800]
        assert [c.required for c in quick.capacity["m"]] == [100]
        assert waits.capacity["m"][0].formula == (
            "2 executions/s on average × 86,400 s = 172,800, rounded up"
        )


class TestLimits:
    @pytest.mark.parametrize(("size", "wrong"), [("256 KB", False), ("262145 B", True)])
    def test_input_of_an_execution(self, size, wrong):
        names = rules(*machine(", transitions: 5", start=f"rate: 1/s, size: {size}"))

        assert ("message_too_large" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("256 KB", False), ("262145 B", True)])
    def test_input_of_a_task(self, size, wrong):
        names = rules(*machine(", transitions: 5", task=f"size: {size}"))

        assert ("state_payload_exceeded" in names) is wrong

    @pytest.mark.parametrize(("duration", "wrong"), [("300 s", False), ("300.1 s", True)])
    def test_express_runs_5_minutes(self, duration, wrong):
        spec = express(f", duration: {duration}, memory: 64 MB", start="rate: 1/s, size: 1 KB")

        assert ("express_duration_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("duration", "wrong"), [("365 d", False), ("8761 h", True)])
    def test_standard_runs_a_year(self, duration, wrong):
        spec = machine(f", transitions: 5, duration: {duration}", start="rate: 1/h, size: 1 KB")

        assert ("standard_duration_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("transitions", "wrong"), [(12_501, False), (12_502, True)])
    def test_history(self, transitions, wrong):
        # 2 events for each state but 1 for start and end: 25,000 and 25,002
        spec = machine(f", transitions: {transitions}", start="rate: 1/h, size: 1 KB")

        assert ("history_events_exceeded" in rules(*spec)) is wrong
        assert "history_events_exceeded" not in rules(
            *express(f", transitions: {transitions}, duration: 1 s, memory: 64 MB")
        )

    @pytest.mark.parametrize(
        ("region", "most"), [("us-east-1", 300), ("eu-west-1", 300), ("eu-central-1", 150)]
    )
    def test_starts_of_standard_workflows(self, region, most):
        for peak, wrong in ((most, False), (most + 1, True)):
            spec = machine(", transitions: 2", start=f"rate: 1/s, peak: {peak}/s, size: 1 KB")
            over = [f for f in found(*spec, region=region) if f.rule == "standard_starts_exceeded"]

            assert bool(over) is wrong
            assert all(f.severity == "warning" for f in over)

    def test_a_bucket_covers_short_peaks(self):
        spec = machine(", transitions: 2", start="rate: 1/s, peak: 500/s, size: 1 KB")
        (finding,) = [f for f in found(*spec) if f.rule == "standard_starts_exceeded"]

        # 1,300 / (500 - 300) = 6.5 s
        assert finding.message == (
            "all state machines together start 500 executions/s at peak, over the default quota"
            " of 300 executions/s per account and region: a headroom of -66.67%"
        )
        assert finding.hint == (
            "a bucket of 1,300 starts lasts 6.5 s; request a higher quota, or put a queue in front"
        )

    @pytest.mark.parametrize(("peak", "wrong"), [(6000, False), (6001, True)])
    def test_starts_of_express_workflows(self, peak, wrong):
        spec = express(
            ", duration: 1 ms, memory: 1 MB", start=f"rate: 1/s, peak: {peak}/s, size: 1 KB"
        )

        assert ("express_starts_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(
        ("region", "transitions", "wrong"),
        [
            ("us-west-2", 20, False),
            ("us-west-2", "20.1", True),
            ("eu-central-1", "3.2", False),
            ("eu-central-1", "3.3", True),
        ],
    )
    def test_transitions_a_second(self, region, transitions, wrong):
        # 250/s x 20 = 5,000/s and 250/s x 3.2 = 800/s
        spec = machine(f", transitions: {transitions}", start="rate: 1/s, peak: 250/s, size: 1 KB")

        assert ("state_transitions_exceeded" in rules(*spec, region=region)) is wrong

    def test_retries_count_as_transitions_a_second(self):
        # 250/s x 20 = 5,000/s, and 2.5/s retries
        spec = machine(
            ", transitions: 20",
            start="rate: 1/s, peak: 250/s, size: 1 KB",
            task="failure_rate: 1%, maximum_retry_attempts: 1",
        )

        assert "state_transitions_exceeded" in rules(*spec)

    @pytest.mark.parametrize(("duration", "wrong"), [("100000 s", False), ("100001 s", True)])
    def test_open_executions(self, duration, wrong):
        # 10/s x 100,000 s = 1,000,000
        spec = machine(f", transitions: 5, duration: {duration}")

        assert ("open_executions_exceeded" in rules(*spec)) is wrong

    def test_quotas_count_all_state_machines_of_a_region(self):
        names = rules(
            CLIENT
            + "a: {type: stepfunctions.state_machine, transitions: 3}\n"
            + "b: {type: stepfunctions.state_machine, transitions: 3}",
            "- c -> a: {rate: 160/s, size: 1 KB}\n- c -> b: {rate: 160/s, size: 1 KB}",
        )

        assert names == ["standard_starts_exceeded"]

    @pytest.mark.parametrize(("peak", "wrong"), [(300, False), (301, True)])
    def test_http_tasks(self, peak, wrong):
        names = rules(
            CLIENT
            + "m: {type: stepfunctions.state_machine, state_machine_type: EXPRESS,"
            + " duration: 1 s, memory: 64 MB}\np: {type: partner}",
            f"- c -> m: {{rate: 1/s, peak: {peak}/s, size: 1 KB}}\n- m -> p",
        )

        assert ("http_tasks_exceeded" in names) is wrong

    def test_express_workflows_have_no_task_tokens(self):
        components, flows = express(", duration: 1 s, memory: 64 MB")
        flows += "\n- c -> m: {rate: 1/s, size: 1 KB, task_token: true}"
        flows = flows.replace("- c -> m: {rate: 10/s, size: 1 KB}\n", "", 1)
        (finding,) = [
            f for f in found(components, flows) if f.rule == "task_token_in_express_workflow"
        ]

        assert finding.where == "c -> m.task_token"
        assert finding.severity == "error"
        assert finding.message == "m is an Express workflow, which cannot wait for a task token"

    @pytest.mark.parametrize(("retries", "wrong"), [(0, False), (3, False), (-1, True)])
    def test_retries_of_a_state_have_an_end(self, retries, wrong):
        spec = machine(", transitions: 5", task=f"maximum_retry_attempts: {retries}")

        assert ("retries_of_a_state_without_end" in rules(*spec)) is wrong
