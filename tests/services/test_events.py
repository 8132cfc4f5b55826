"""Amazon EventBridge's buses and rules, us-east-1: $1.00 per million custom or partner events.

https://aws.amazon.com/eventbridge/pricing/: each 64 KB of an event is one; to services of other
accounts $0.05 per million custom or partner events, $1.00 per million AWS events.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support import PRICES, SECONDS, cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError
from archcode.estimate import price
from archcode.rules import findings
from archcode.spec.parse import parse
from archcode.topology import propagate

CLIENT = "c: {type: client}\n"
QUEUE = "q: {type: sqs.queue}\n"
BUS = CLIENT + "b: {type: events.event_bus}\n"
ARCHIVE = "kept: {type: events.archive, retention_days: 1}\n"


def bus(flow: str, settings: str = "") -> tuple[str, str]:
    """A bus with an archive, so that nothing is dropped."""
    components = f"{CLIENT}b: {{type: events.event_bus{settings}}}\n{ARCHIVE}"
    return components, f"- c -> b: {{{flow}}}\n- b -> kept"


def in_accounts(components: str, flows: str) -> str:
    """A spec with its queue `q` in another account."""
    parts = (
        ["region: us-east-1", "components:"]
        + [f"  {line}" for line in components.strip().splitlines()]
        + ["flows:"]
        + [f"  {line}" for line in flows.strip().splitlines()]
        + ["groups:", "  other: {kind: account, contains: [q]}"]
    )
    return "\n".join(parts)


def estimated(text: str):
    return price(propagate(parse(text)), PRICES, free_tier=False)


class TestEvents:
    def test_an_event_is_charged_when_it_is_put(self):
        result = priced(*bus("rate: 10/s, size: 2 KB"))

        # 10/s x 2,628,000 s = 26,280,000 events x $0.000001 = $26.28
        assert quantity(result, "b", "Events, custom") == 26_280_000
        assert cost(result, "b") == Decimal("26.28")

    @pytest.mark.parametrize(
        ("size", "chunks"), [("1 B", 1), ("64 KB", 1), ("65537 B", 2), ("1 MB", 16)]
    )
    def test_each_64_kb_of_an_event_is_one(self, size, chunks):
        result = priced(*bus(f"rate: 1/s, size: {size}"))

        assert quantity(result, "b", "Events, custom") == chunks * SECONDS

    def test_entries_of_a_batch_are_charged_one_by_one(self):
        # 10 entries of 1 KB are 10 events, though they would fit one chunk together
        result = priced(*bus("rate: 10/s, size: 1 KB, batch: 10"))

        assert quantity(result, "b", "Events, custom") == 10 * SECONDS

    def test_a_partner_bus_takes_partner_events(self):
        components = "p: {type: partner}\nb: {type: events.event_bus, event_source_name: "
        result = priced(
            f"{components}aws.partner/crm.example/sales}}", "- p -> b: {rate: 10/s, size: 100 KB}"
        )

        # 26,280,000 events x 2 chunks x $0.000001 = $52.56
        assert quantity(result, "b", "Events, partner") == 2 * 26_280_000
        assert cost(result, "b") == Decimal("52.56")

    def test_events_of_aws_services_are_free(self):
        result = priced(*bus("rate: 10/s, size: 2 KB, events: aws", ", name: default"))

        assert result.of("b") == ()
        assert result.complete

    def test_what_is_charged_and_what_is_free_on_one_bus(self):
        result = priced(
            "a: {type: server}\nc: {type: client}\nb: {type: events.event_bus, name: default}",
            "- a -> b: {rate: 5/s, size: 1 KB, events: aws}\n- c -> b: {rate: 1/s, size: 1 KB}",
        )

        assert cost(result, "b") == Decimal("2.628")  # 1/s x 2,628,000 s x $0.000001

    def test_from_bus_to_bus_is_one_custom_event_more(self):
        result = priced(
            "p: {type: partner}\n"
            "s: {type: events.event_bus, event_source_name: aws.partner/crm.example/sales}\n"
            "r: {type: events.rule}\nb: {type: events.event_bus}",
            "- p -> s: {rate: 10/s, size: 1 KB}\n- s -> r: {filter: 20%}\n- r -> b",
        )

        assert quantity(result, "s", "Events, partner") == 10 * SECONDS
        assert quantity(result, "b", "Events, custom") == 2 * SECONDS

    def test_a_customers_key_and_logs_are_unknown_not_zero(self):
        result = priced(
            *bus("rate: 1/s, size: 1 KB", ", kms_key_identifier: k, log_config: {level: INFO}")
        )
        unknown = [c.charge_description for c in result.of("b") if c.list_cost is None]

        assert len(unknown) == 2
        assert unknown[0].startswith("KMS requests (unknown: depends on how long")
        assert unknown[1].startswith("CloudWatch Logs, vended (unknown: depends on the records")

    def test_stated_usage_takes_the_place_of_derived_usage(self):
        assert cost(
            priced("b: {type: events.event_bus, usage: {custom_events: 3M}}"), "b"
        ) == Decimal(3)


class TestDeliveries:
    def test_every_rule_gets_a_copy_and_every_target_one_of_the_rule(self):
        result = topology(
            BUS + "r: {type: events.rule}\ns: {type: events.rule}\n" + QUEUE + "w: {type: server}",
            """
            - c -> b: {rate: 100/s, size: 1 KB}
            - b -> r: {filter: 40%}
            - b -> s
            - r -> q
            - r -> w
            - s -> q
            """,
        )

        assert rate(result, "r -> q") == rate(result, "r -> w") == 40
        assert rate(result, "s -> q") == 100

    def test_a_rule_costs_nothing_within_its_account(self):
        result = priced(
            BUS + "r: {type: events.rule}\n" + QUEUE,
            "- c -> b: {rate: 10/s, size: 1 KB}\n- b -> r\n- r -> q",
        )

        assert result.of("r") == ()

    def test_a_queue_gets_one_event_a_request(self):
        # 262,800 events of 100 KB: 2 chunks of 64 KB each, and no batch
        result = priced(
            BUS + "r: {type: events.rule}\n" + QUEUE,
            "- c -> b: {rate: 360/h, size: 100 KB}\n- b -> r\n- r -> q",
        )

        assert quantity(result, "q", "Requests") == 2 * 262_800

    @pytest.mark.parametrize(
        "target",
        [
            "sqs.queue, fifo_queue: true, content_based_deduplication: true",
            "sns.topic",
            "kinesis.stream",
            "events.event_bus",
            "lambda.function, duration: 10 ms",
        ],
    )
    def test_reaches_its_targets_without_a_consumer_between(self, target):
        flows = "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> t\n- b -> r\n- r -> t"
        names = rules(BUS + f"r: {{type: events.rule}}\nt: {{type: {target}}}", flows)

        assert "flow_without_consumer" not in names

    def test_a_stream_gets_one_record_an_event(self):
        result = priced(
            BUS + "k: {type: kinesis.stream}",
            "- c -> b: {rate: 10/s, size: 1 KB, batch: 10}\n- b -> k",
        )

        # 26,280,000 records of one unit of 25 KB
        assert quantity(result, "k", "PUT payload units") == 26_280_000

    def test_a_fifo_queue_takes_300_events_a_second(self):
        flows = "- c -> b: {{rate: {}/s, size: 1 KB, batch: 10}}\n- b -> q"
        queue = BUS + "q: {type: sqs.queue, fifo_queue: true}"

        assert "fifo_throughput_exceeded" not in rules(queue, flows.format(300))
        assert "fifo_throughput_exceeded" in rules(queue, flows.format(301))

    def test_a_target_is_tried_186_times_by_default(self):
        result = topology(
            BUS + "r: {type: events.rule}\n" + QUEUE,
            "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> r\n- r -> q: {failure_rate: 100%}",
        )
        hop = next(h for h in result.hops if h.where == "r -> q")

        assert (hop.attempts, hop.dead) == (186, 1)

    def test_the_dead_letter_queue_takes_what_the_retries_leave(self):
        result = topology(
            BUS
            + "r: {type: events.rule, retry_policy: {maximum_retry_attempts: 1},"
            + " dead_letter_config: {arn: d}}\nd: {type: sqs.queue}\n"
            + QUEUE,
            "- c -> b: {rate: 100/s, size: 1 KB}\n- b -> r\n- r -> q: {failure_rate: 10%}",
        )

        # 10% of 10% fail twice: 1 of 100 a second
        assert rate(result, "r -> d") == 1

    def test_a_function_retries_by_itself(self):
        result = topology(
            BUS + "w: {type: lambda.function, duration: 10 ms}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> w: {failure_rate: 50%}",
        )
        hop = next(h for h in result.hops if h.where == "b -> w")

        # the first try and two retries of Lambda: 1 + 0.5 + 0.25, and 1 in 8 is given up
        assert (hop.attempts, hop.dead) == (Fraction(7, 4), Fraction(1, 8))

    @pytest.mark.parametrize(("size", "wrong"), [("1 MB", False), ("1048577 B", True)])
    def test_a_function_is_invoked_asynchronously(self, size, wrong):
        names = rules(
            BUS + "w: {type: lambda.function, duration: 10 ms}",
            f"- c -> b: {{rate: 1/s, size: {size}}}\n- b -> w",
        )

        assert ("asynchronous_payload_exceeded" in names) is wrong


class TestOtherAccounts:
    def test_custom_events_to_a_service(self):
        result = estimated(
            in_accounts(BUS + QUEUE, "- c -> b: {rate: 10/s, size: 100 KB}\n- b -> q")
        )

        # 26,280,000 events x 2 chunks x $0.00000005 = $2.628
        charge = "Deliveries to other accounts, custom"
        assert quantity(result, "b", charge) == 52_560_000
        assert cost(result, "b", charge) == Decimal("2.628")

    def test_partner_events_to_a_service(self):
        components = (
            "p: {type: partner}\nr: {type: events.rule}\n" + QUEUE + "b: {type: events.event_bus,"
            " event_source_name: aws.partner/crm.example/sales}\n"
        )
        flows = "- p -> b: {rate: 10/s, size: 1 KB}\n- b -> r\n- r -> q"

        # 26,280,000 x $0.00000005 = $1.314
        assert cost(estimated(in_accounts(components, flows)), "r") == Decimal("1.314")

    @pytest.mark.parametrize("stated", [True, False])
    def test_aws_events_to_a_service_cost_as_much_as_custom_ones_to_a_bus(self, stated):
        events = ": {events: aws}" if stated else ""
        components = (
            "c: {type: server}\nb: {type: events.event_bus, name: default}\n"
            "r: {type: events.rule}\n" + QUEUE
        )
        flows = f"- c -> b: {{rate: 10/s, size: 1 KB, events: aws}}\n- b -> r{events}\n- r -> q"
        result = estimated(in_accounts(components, flows))

        # 26,280,000 x $0.000001 = $26.28; unknown where the flow does not say which events
        (charge,) = result.of("r")
        assert charge.list_cost == (Decimal("26.28") if stated else None)

    def test_a_bus_of_another_account_is_paid_there(self):
        text = in_accounts(
            BUS + "q: {type: events.event_bus}", "- c -> b: {rate: 10/s, size: 1 KB}\n- b -> q"
        )
        result = estimated(text)

        assert [c.charge_description for c in result.of("b")] == ["Events, custom"]
        assert cost(result, "q", "Events, custom") == Decimal("26.28")


class TestSchedules:
    @pytest.mark.parametrize(
        ("expression", "fires"),
        [
            ("rate(1 minute)", 43_800),
            ("rate(5 minutes)", 8_760),
            ("rate(12 hours)", Fraction(365, 6)),
        ],
    )
    def test_a_rule_fires_at_its_rate(self, expression, fires):
        # 730 hours: 43,800 minutes, 8,760 times five of them; 60 5/6 times 12 hours
        result = topology(
            f"r: {{type: events.rule, schedule_expression: {expression}}}\n" + QUEUE, "- r -> q"
        )
        hop = next(h for h in result.hops if h.where == "r -> q")

        assert hop.handed.monthly_messages == fires
        assert hop.handed.peak_messages_per_second == Fraction(1, 60)
        assert hop.handed.message_size_bytes == 278

    def test_a_disabled_one_does_not(self):
        rule = "r: {type: events.rule, state: DISABLED, schedule_expression: rate(1 day)}\n"

        assert rate(topology(rule + QUEUE, "- r -> q"), "r -> q") == 0
        assert "disabled_rule_with_events" not in rules(rule + QUEUE, "- r -> q")

    def test_a_cron_expression_is_worked_out(self):
        rule = 'r: {type: events.rule, schedule_expression: "cron(0 9 * * ? *)"}\n'

        assert rate(topology(rule + QUEUE, "- r -> q"), "r -> q") == Fraction(1, 86_400)

    @pytest.mark.parametrize(
        "expression",
        ["rate(0 minutes)", "cron(0 9 * * ?)", "daily", "at(2026-12-01T12:00:00)"],
    )
    def test_the_form_is_awss(self, expression):
        with pytest.raises(SpecError) as raised:
            topology(f"r: {{type: events.rule, schedule_expression: '{expression}'}}")
        (finding,) = raised.value.findings
        assert finding.rule == "schedule_expression_unreadable"
        assert (finding.where, finding.line) == ("r.schedule_expression", 3)

    @pytest.mark.parametrize(
        ("expression", "meant"),
        [
            ("rate(1 minutes)", "rate(1 minute)"),
            ("rate(5 minute)", "rate(5 minutes)"),
            ("rate(2 day)", "rate(2 days)"),
        ],
    )
    def test_units_are_in_their_number(self, expression, meant):
        with pytest.raises(SpecError) as raised:
            topology(f"r: {{type: events.rule, schedule_expression: '{expression}'}}")
        (finding,) = raised.value.findings
        assert finding.message == f'is "{expression}"; a rule takes {meant}'

    @pytest.mark.parametrize("expression", ["rate(1 minute)", "rate(12 hours)", "rate(1 day)"])
    def test_units_in_their_number_are_taken(self, expression):
        topology(f"r: {{type: events.rule, schedule_expression: '{expression}'}}")


class TestLimits:
    @pytest.mark.parametrize(("size", "wrong"), [("1 MB", False), ("1048577 B", True)])
    def test_event_size(self, size, wrong):
        assert ("message_too_large" in rules(*bus(f"rate: 1/s, size: {size}"))) is wrong

    @pytest.mark.parametrize(("batch", "wrong"), [(10, False), (11, True)])
    def test_entries_of_a_batch(self, batch, wrong):
        names = rules(*bus(f"rate: 1/s, size: 1 KB, batch: {batch}"))

        assert ("put_events_entries_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("102.4 KB", False), ("103 KB", True)])
    def test_size_of_a_batch(self, size, wrong):
        names = rules(*bus(f"rate: 1/s, size: {size}, batch: 10"))

        assert ("put_events_size_exceeded" in names) is wrong

    @pytest.mark.parametrize(
        ("region", "most"),
        [
            ("us-east-1", 10_000),
            ("eu-central-1", 2_400),
            ("eu-west-2", 1_200),
            ("eu-west-3", 600),
            ("eu-central-2", 400),
        ],
    )
    def test_requests_of_all_buses_in_each_region(self, region, most):
        components = BUS + "d: {type: events.event_bus}"
        for peak, wrong in ((most, False), (most + 1, True)):
            flows = (
                f"- c -> b: {{rate: 1/s, peak: {10 * (peak - 100)}/s, size: 1 KB, batch: 10}}\n"
                "- c -> d: {rate: 1/s, peak: 100/s, size: 1 KB}"
            )
            names = rules(components, flows, region=region)

            assert ("put_events_requests_exceeded" in names) is wrong

    def test_regions_have_quotas_of_their_own(self):
        text = (
            "region: us-east-1\ncomponents:\n  c: {type: client}\n  b: {type: events.event_bus}\n"
            "  d: {type: events.event_bus}\nflows:\n  - c -> b: {rate: 10000/s, size: 1 KB}\n"
            "  - c -> d: {rate: 2400/s, size: 1 KB}\n"
            "groups:\n  europe: {kind: region, region: eu-central-1, contains: [d]}"
        )

        assert "put_events_requests_exceeded" not in [f.rule for f in findings(estimated(text))]
        text = text.replace("2400", "2401")
        (finding,) = [
            f for f in findings(estimated(text)) if f.rule == "put_events_requests_exceeded"
        ]
        assert finding.where == "d"

    def test_replays_and_events_of_others_are_no_requests(self):
        names = rules(
            "c: {type: server}\nb: {type: events.event_bus, name: default}\n"
            "a: {type: events.archive, retention_days: 1}",
            "- c -> b: {rate: 1/s, peak: 10000/s, size: 1 KB, events: aws}\n- b -> a\n"
            "- a -> b: {rate: 1/s, peak: 10000/s, size: 1 KB}",
        )

        assert "put_events_requests_exceeded" not in names

    @pytest.mark.parametrize(("number", "wrong"), [(5, False), (6, True)])
    def test_targets_of_a_rule(self, number, wrong):
        components = BUS + "r: {type: events.rule}\n"
        flows = "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> r\n"
        for place in range(number):
            components += f"q{place}: {{type: sqs.queue}}\n"
            flows += f"- r -> q{place}\n"

        assert ("targets_per_rule_exceeded" in rules(components, flows)) is wrong

    @pytest.mark.parametrize(
        ("region", "number", "wrong"),
        [
            ("us-east-1", 300, False),
            ("us-east-1", 301, True),
            ("af-south-1", 100, False),
            ("af-south-1", 101, True),
        ],
    )
    def test_rules_of_a_bus(self, region, number, wrong):
        components = BUS + "a: {type: events.archive, retention_days: 1}\n"
        flows = "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> a\n"
        for place in range(number):
            components += f"r{place}: {{type: events.rule}}\n"
            flows += f"- b -> r{place}: {{filter: 0%}}\n"

        assert ("rules_per_bus_exceeded" in rules(components, flows, region=region)) is wrong

    @pytest.mark.parametrize(("number", "wrong"), [(30, False), (31, True)])
    def test_rules_with_a_wildcard(self, number, wrong):
        components = BUS + "s: {type: events.rule}\n"
        flows = "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> s\n"
        for place in range(number):
            pattern = '{"source": [{"wildcard": "shop.*"}]}'
            components += f"r{place}: {{type: events.rule, event_pattern: '{pattern}'}}\n"
            flows += f"- b -> r{place}\n"

        assert ("wildcard_rules_per_bus_exceeded" in rules(components, flows)) is wrong

    @pytest.mark.parametrize(("number", "wrong"), [(100, False), (101, True)])
    def test_buses_of_an_account(self, number, wrong):
        components = "".join(f"b{place}: {{type: events.event_bus}}\n" for place in range(number))

        assert ("event_buses_exceeded" in rules(components)) is wrong

    @pytest.mark.parametrize(("length", "wrong"), [(2048, False), (2049, True)])
    def test_pattern_of_a_rule(self, length, wrong):
        names = rules(f"r: {{type: events.rule, event_pattern: {'x' * length}}}")

        assert ("event_pattern_size_exceeded" in names) is wrong

    @pytest.mark.parametrize(
        ("setting", "fits", "over"),
        [("maximum_retry_attempts", 185, 186), ("maximum_event_age_in_seconds", 86_400, 86_401)],
    )
    def test_ranges_of_the_retry_policy(self, setting, fits, over):
        text = "r: {{type: events.rule, retry_policy: {{{}: {}}}}}"

        assert "unconnected_component" in rules(text.format(setting, fits))
        with pytest.raises(SpecError):
            topology(text.format(setting, over))

    def test_a_finding_states_load_limit_and_remedy(self):
        (finding,) = found(*bus("rate: 500/s, size: 1 KB"), region="eu-central-2")

        assert finding.message == (
            "producers make 500 PutEvents requests/s at peak, over the default quota of"
            " 400 requests/s per account and region, over all buses: a headroom of -25%"
        )
        assert finding.hint == "put events in batches of 10, or request a higher quota"
        assert finding.severity == "warning"


class TestChecks:
    @pytest.mark.parametrize(
        ("kind", "settings", "rule"),
        [
            ("aws", "", "aws_events_on_custom_bus"),
            ("aws", ", name: default", ""),
            ("partner", "", "partner_events_on_custom_bus"),
            ("partner", ", event_source_name: aws.partner/crm.example/sales", ""),
        ],
    )
    def test_where_events_of_which_kind_arrive(self, kind, settings, rule):
        found_here = rules(*bus(f"rate: 1/s, size: 1 KB, events: {kind}", settings))

        assert found_here == ([rule] if rule else [])

    @pytest.mark.parametrize(("batch", "wrong"), [("", False), (": {batch: 10}", True)])
    def test_a_target_gets_one_event_at_a_time(self, batch, wrong):
        names = rules(
            BUS + "r: {type: events.rule}\n" + QUEUE,
            f"- c -> b: {{rate: 1/s, size: 1 KB}}\n- b -> r\n- r -> q{batch}",
        )

        assert ("batch_of_events" in names) is wrong

    @pytest.mark.parametrize(("share", "wrong"), [("0%", False), ("50%", True)])
    def test_a_disabled_rule_carries_nothing(self, share, wrong):
        names = rules(
            BUS + "r: {type: events.rule, state: DISABLED}\n" + QUEUE,
            f"- c -> b: {{rate: 1/s, size: 1 KB}}\n- b -> r: {{filter: {share}}}\n- r -> q",
        )

        assert ("disabled_rule_with_events" in names) is wrong

    @pytest.mark.parametrize(("settings", "wrong"), [("", True), (", name: default", False)])
    def test_a_schedule_belongs_to_the_default_bus(self, settings, wrong):
        names = rules(
            f"{CLIENT}b: {{type: events.event_bus{settings}}}\n"
            "r: {type: events.rule, schedule_expression: rate(1 day)}\n" + QUEUE,
            "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> r\n- r -> q",
        )

        assert ("schedule_on_custom_bus" in names) is wrong

    def test_a_rule_belongs_to_one_bus(self):
        names = rules(
            BUS + "d: {type: events.event_bus}\nq: {type: sqs.queue}\n"
            "r: {type: events.rule, dead_letter_config: {arn: q}}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- c -> d: {rate: 1/s, size: 1 KB}\n"
            "- b -> r\n- d -> r\n- r -> q",
        )

        assert names == ["several_event_buses"]

    @pytest.mark.parametrize(("key", "wrong"), [("", False), (", kms_key_identifier: k", True)])
    def test_a_bus_with_a_key_has_no_discovery(self, key, wrong):
        names = rules(
            f"{CLIENT}b: {{type: events.event_bus{key}}}\nd: {{type: eventschemas.discoverer}}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> d",
        )

        assert ("discovery_on_encrypted_bus" in names) is wrong

    def test_the_source_of_a_partner_bus_is_a_partners(self):
        with pytest.raises(SpecError) as raised:
            topology("b: {type: events.event_bus, event_source_name: orders}")
        assert [f.rule for f in raised.value.findings] == ["source_of_no_partner"]

    def test_a_partner_bus_has_the_name_of_its_source(self):
        source = "event_source_name: aws.partner/crm.example/sales"

        assert topology(
            f"b: {{type: events.event_bus, {source}, name: aws.partner/crm.example/sales}}"
        )
        with pytest.raises(SpecError) as raised:
            topology(f"b: {{type: events.event_bus, {source}, name: default}}")
        assert [f.rule for f in raised.value.findings] == ["partner_bus_with_other_name"]


class TestBuckets:
    BOXES = "c: {type: client}\nb: {type: s3.bucket, stored: 1 TB}\n" + QUEUE
    FLOWS = "- c -> b: {rate: 500/s, size: 1 KB}\n- b -> e: {size: 1 KB}\n- e -> q"

    def test_notify_the_default_bus_only(self):
        custom = rules(self.BOXES + "e: {type: events.event_bus}", self.FLOWS)
        default = rules(self.BOXES + "e: {type: events.event_bus, name: default}", self.FLOWS)

        assert "aws_events_on_custom_bus" in custom
        assert "aws_events_on_custom_bus" not in default

    def test_are_charged_as_custom_events_and_make_no_requests(self):
        boxes = self.BOXES + "e: {type: events.event_bus, name: default}"
        # 500/s is above the 400 PutEvents requests/s of a small region
        found_rules = rules(boxes, self.FLOWS, region="eu-north-1")

        assert "put_events_requests_exceeded" not in found_rules
        # 500/s × 2,628,000 s
        assert quantity(priced(boxes, self.FLOWS), "e", "Events, custom") == 1_314_000_000
