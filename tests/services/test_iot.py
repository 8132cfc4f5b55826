"""AWS IoT Core: https://aws.amazon.com/iot-core/pricing/, us-east-1.

Connections $0.08, messages $1.00 to 1 billion, $0.80 to 5 billion, $0.70 above, shadows $1.25,
triggers and actions $0.15, each for a million; messages by 5 KB, shadows by 1 KB.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError
from archcode.model import Severity

BOXES = """
f: {{type: iot.thing_fleet, things: {things}{more}}}
r: {{type: iot.topic_rule}}
q: {{type: sqs.queue, receive_message_wait_time_seconds: 20}}
s: {{type: server}}
"""
FLOWS = "- f -> r{r}\n- r -> q\n- q -> s"
SENDS = ", message_rate: 1/min, message_size: 1 KB"


def parts(more: str, things: int, r: str) -> tuple[str, str]:
    """A fleet and its rule; a fleet that publishes nothing stands alone."""
    if "message_rate" in more:
        return BOXES.format(things=things, more=more), FLOWS.format(r=r)
    return f"f: {{type: iot.thing_fleet, things: {things}{more}}}", ""


def fleet(more: str = SENDS, things: int = 1000, r: str = "", **options: object):
    return priced(*parts(more, things, r), **options)


def names(more: str = SENDS, things: int = 1000, r: str = "", **options: object) -> list[str]:
    return rules(*parts(more, things, r), **options)


class TestTraffic:
    def test_things_make_the_traffic(self):
        # 1,000 things × 1/min = 16.67/s
        result = topology(BOXES.format(things=1200, more=SENDS), FLOWS.format(r=""))

        assert rate(result, "f -> r") == 20

    def test_only_connected_things_publish(self):
        more = f"{SENDS}, connected: 25%"
        result = topology(BOXES.format(things=1200, more=more), FLOWS.format(r=": {filter: 10%}"))

        assert rate(result, "f -> r") * 2 == 1

    def test_the_peak_is_that_of_every_thing(self):
        more = f"{SENDS}, peak_message_rate: 1/s"
        result = topology(BOXES.format(things=1200, more=more), FLOWS.format(r=""))
        (hop,) = [hop for hop in result.hops if hop.where == "f -> r"]

        assert hop.handed.peak_messages_per_second == 1200

    def test_a_stated_rate_is_a_topic_of_its_own(self):
        boxes = BOXES.format(things=600, more=SENDS) + "r2: {type: iot.topic_rule}\n"
        result = priced(boxes, FLOWS.format(r="") + "\n- f -> r2: {rate: 5/s, size: 1 KB}")

        # (10/s + 5/s) × 2,628,000 s
        assert quantity(result, "f", "Messages") == 39_420_000

    def test_messages_to_devices_do_not_come_back(self):
        boxes = BOXES.format(things=600, more=SENDS) + "w: {type: server}\n"
        result = topology(boxes, FLOWS.format(r="") + "\n- w -> f: {rate: 7/s, size: 1 KB}")

        assert rate(result, "f -> r") == 10


class TestConnections:
    def test_are_charged_by_the_minute(self):
        # 1,000 × 43,800 min × $0.00000008
        assert cost(fleet(""), "f", "Connection minutes") == Decimal("3.50400000")

    def test_only_while_connected(self):
        # 1,000 × 50% × 43,800 min
        assert quantity(fleet(", connected: 50%"), "f", "Connection minutes") == 21_900_000


class TestMessages:
    @pytest.mark.parametrize(
        ("size", "topic", "units"),
        [
            ("1 B", "", 1),
            # without a topic_size: from 1 to 256 bytes, which here make no difference
            ("4864 B", "", 1),
            ("5120 B", "", 2),
            ("5080 B", ", topic_size: 40 B", 1),
            ("5081 B", ", topic_size: 40 B", 2),
        ],
    )
    def test_are_metered_by_5_kb_with_their_topic(self, size, topic, units):
        more = f", message_rate: 1/min, message_size: {size}{topic}"

        # 1,000 things × 43,800 messages
        assert quantity(fleet(more), "f", "Messages") == 43_800_000 * units

    @pytest.mark.parametrize("size", ["4865 B", "5119 B"])
    def test_a_topic_that_may_count_is_unknown_not_free(self, size):
        more = f", message_rate: 1/min, message_size: {size}"
        (finding,) = [f for f in found(*parts(more, 1000, "")) if f.rule == "quantity_unknown"]

        assert finding.message == (
            "the cost of Messages of 5 KB depends on topic_size, which may take a message above a"
            " multiple of 5 KB"
        )

    def test_tiers(self):
        # 200,000 things × 43,800 = 8.76 billion: 1 × $1000 + 4 × $800 + 3.76 × $700
        result = fleet(things=200_000)

        assert cost(result, "f", "Messages") == 6832

    def test_basic_ingest_is_free(self):
        result = fleet(r=": {basic_ingest: true}")

        assert not [c for c in result.of("f") if c.charge_description.startswith("Messages")]
        # and its rules are not: 43.8 million × $0.00000015
        assert cost(result, "r", "Rules triggered") == Decimal("6.57000000")

    def test_basic_ingest_of_a_part(self):
        boxes = BOXES.format(things=1000, more=SENDS) + "r2: {type: iot.topic_rule}\n"
        flows = FLOWS.format(r=": {basic_ingest: true, filter: 90%}") + "\n- f -> r2: {filter: 10%}"

        assert quantity(priced(boxes, flows), "f", "Messages") == 4_380_000

    def test_retained_messages_count_twice(self):
        assert quantity(fleet(r=": {retain: true}"), "f", "Messages") == 87_600_000

    def test_messages_to_devices_count_in_and_out(self):
        boxes = "w: {type: server}\nf: {type: iot.thing_fleet, things: 10}"
        flows = "- w -> f: {rate: 1/s, size: 6 KB}"

        # 2,628,000 × 2 units × (in + out)
        assert quantity(priced(boxes, flows), "f", "Messages") == 10_512_000

    def test_many_receivers_and_their_acknowledgements(self):
        boxes = (
            "w: {type: server}\n"
            "f: {type: iot.thing_fleet, things: 10, receivers: 3, quality_of_service: 1}"
        )

        # 2,628,000 × (1 in + 3 out + 3 acknowledgements)
        result = priced(boxes, "- w -> f: {rate: 1/s, size: 1 KB}")
        assert quantity(result, "f", "Messages") == 18_396_000

    def test_connects_and_subscribes_are_messages(self):
        # 1,000 things × 4 a day × 30.41666 days = 121,666.67, and twice that for 2 topics
        result = fleet(", reconnects: 4/day, subscriptions: 2")

        assert quantity(result, "f", "Messages") == 365_000

    def test_a_subscriber_is_sent_its_messages(self):
        boxes = BOXES.format(things=1000, more=SENDS) + "app: {type: server}\n"
        result = priced(boxes, FLOWS.format(r="") + "\n- f -> app")

        assert quantity(result, "f", "Messages") == 87_600_000


class TestShadows:
    @pytest.mark.parametrize(("size", "units"), [("1 KB", 1), ("1025 B", 2), ("8 KB", 8)])
    def test_by_1_kb(self, size, units):
        result = fleet(f", shadow_rate: 2/h, shadow_size: {size}")

        # 1,000 × 1,460 operations
        assert quantity(result, "f", "Shadow operations") == 1_460_000 * units

    def test_price(self):
        # 1,460,000 × $0.00000125
        result = fleet(", shadow_rate: 2/h, shadow_size: 1 KB")

        assert cost(result, "f", "Shadow operations") == Decimal("1.82500000")


class TestRules:
    def test_triggers_and_actions_by_5_kb(self):
        more = ", message_rate: 1/min, message_size: 6 KB"
        result = fleet(more, r=": {filter: 50%}")

        # 21.9 million × 2 units × $0.00000015, for the trigger and for its one action
        assert cost(result, "r", "Rules triggered") == Decimal("6.57000000")
        assert cost(result, "r", "Actions executed") == Decimal("6.57000000")

    def test_failed_actions_go_to_the_error_action(self):
        boxes = BOXES.format(things=1000, more=SENDS).replace(
            "r: {type: iot.topic_rule}",
            "r: {type: iot.topic_rule, topic_rule_payload: {error_action: q}}\nl: {type: server}",
        )
        result = priced(boxes, "- f -> r\n- r -> l: {failure_rate: 50%}\n- q -> s")

        # half of 43.8 million are given up, and the error action takes them
        assert quantity(result, "r", "Actions executed") == 43_800_000 + 21_900_000

    def test_a_function_keeps_its_own_failures(self):
        boxes = BOXES.format(things=1000, more=SENDS).replace(
            "r: {type: iot.topic_rule}",
            "r: {type: iot.topic_rule, topic_rule_payload: {error_action: q}}\n"
            "l: {type: lambda.function, duration: 10 ms}",
        )
        result = priced(boxes, "- f -> r\n- r -> l: {failure_rate: 50%}\n- q -> s")

        # Lambda takes the event and retries by itself, so the action has not failed
        assert quantity(result, "r", "Actions executed") == 43_800_000

    @pytest.mark.parametrize(("actions", "exceeded"), [(10, False), (11, True)])
    def test_actions_of_a_rule(self, actions, exceeded):
        more = "".join(f"a{n}: {{type: server}}\n" for n in range(actions - 1))
        flows = "".join(f"\n- r -> a{n}" for n in range(actions - 1))
        boxes = BOXES.format(things=1000, more=SENDS) + more

        got = rules(boxes, FLOWS.format(r="") + flows)
        assert ("actions_per_rule_exceeded" in got) is exceeded

    @pytest.mark.parametrize(("things", "exceeded"), [(20_000, False), (20_001, True)])
    def test_evaluations(self, things, exceeded):
        more = ", message_rate: 1/s, message_size: 1 KB"

        assert ("rule_evaluation_rate_exceeded" in names(more, things)) is exceeded

    def test_a_function_needs_a_rule(self):
        boxes = "f: {type: iot.thing_fleet, things: 1}\nl: {type: lambda.function, duration: 1 ms}"
        got = rules(boxes, "- f -> l: {rate: 1/s, size: 1 KB}")

        assert "fleet_without_topic_rule" in got

    def test_number_of_rules(self):
        def many(number: int) -> list[str]:
            boxes = "f: {type: iot.thing_fleet, things: 1}\ns: {type: server}\n"
            boxes += "".join(f"r{n}: {{type: iot.topic_rule}}\n" for n in range(number))
            flows = "".join(
                f"- f -> r{n}: {{rate: 1/day, size: 1 KB}}\n- r{n} -> s\n" for n in range(number)
            )
            return rules(boxes, flows)

        assert "topic_rules_exceeded" not in many(1000)
        assert "topic_rules_exceeded" in many(1001)


class TestQuotas:
    @pytest.mark.parametrize(
        ("rule", "more", "most"),
        [
            ("concurrent_connections", "", 500_000),
            ("subscriptions_per_account", ", subscriptions: 2", 250_000),
            ("connect_rate", ", reconnects: 1/min", 180_000),
            ("subscribe_rate", ", reconnects: 1/min, subscriptions: 2", 90_000),
            ("shadow_operation_rate", ", shadow_rate: 1/s, shadow_size: 1 KB", 4000),
            ("inbound_publish_rate", ", message_rate: 1/s, message_size: 1 KB", 20_000),
        ],
    )
    def test_of_an_account(self, rule, more, most):
        assert f"{rule}_exceeded" not in names(more, most)
        assert f"{rule}_exceeded" in names(more, most + 1)

    def test_are_smaller_in_some_regions(self):
        assert "concurrent_connections_exceeded" not in names("", 100_000, region="eu-west-3")
        assert "concurrent_connections_exceeded" in names("", 100_001, region="eu-west-3")

    def test_count_over_all_fleets(self):
        boxes = (
            "a: {type: iot.thing_fleet, things: 300000}\nb: {type: iot.thing_fleet, things: 300000}"
        )
        boxes += "\nr: {type: iot.topic_rule}\ns: {type: server}"
        flows = "- a -> r: {rate: 1/s, size: 1 KB}\n- b -> r: {rate: 1/s, size: 1 KB}\n- r -> s"

        assert "concurrent_connections_exceeded" in rules(boxes, flows)

    @pytest.mark.parametrize(("peak", "exceeded"), [(20_000, False), (20_001, True)])
    def test_messages_sent_out(self, peak, exceeded):
        boxes = "w: {type: server}\nf: {type: iot.thing_fleet, things: 10, receivers: 10}"
        flows = f"- w -> f: {{rate: 1/s, peak: {peak / 10}/s, size: 1 KB}}"

        assert ("outbound_publish_rate_exceeded" in rules(boxes, flows)) is exceeded

    @pytest.mark.parametrize(("things", "exceeded"), [(500, False), (501, True)])
    def test_retained_messages(self, things, exceeded):
        more = ", message_rate: 1/s, message_size: 1 KB"

        got = names(more, things, ": {retain: true}")
        assert ("retained_publish_rate_exceeded" in got) is exceeded


class TestOneConnection:
    @pytest.mark.parametrize(
        ("rule", "at", "above"),
        [
            (
                "publish_rate_per_connection",
                ", message_rate: 100/s, message_size: 1 KB",
                ", message_rate: 101/s, message_size: 1 KB",
            ),
            (
                "throughput_per_connection",
                ", message_rate: 8/s, message_size: 64 KB",
                ", message_rate: 8/s, message_size: 65537 B",
            ),
            (
                "shadow_document_size",
                ", shadow_rate: 1/day, shadow_size: 8 KB",
                ", shadow_rate: 1/day, shadow_size: 8193 B",
            ),
            (
                "shadow_rate_per_thing",
                ", shadow_rate: 20/s, shadow_size: 1 KB",
                ", shadow_rate: 21/s, shadow_size: 1 KB",
            ),
            (
                "topic_rule_payload_size",
                ", message_rate: 1/min, message_size: 128 KB",
                ", message_rate: 1/min, message_size: 131073 B",
            ),
            (
                "mqtt_payload",
                ", message_rate: 1/min, message_size: 128 KB",
                ", message_rate: 1/min, message_size: 131073 B",
            ),
        ],
    )
    def test_limits(self, rule, at, above):
        assert f"{rule}_exceeded" not in names(at, 1)
        assert f"{rule}_exceeded" in names(above, 1)

    def test_a_message_tells_load_limit_and_headroom(self):
        boxes = BOXES.format(things=1, more=", message_rate: 120/s, message_size: 1 KB")
        (finding,) = [
            f for f in found(boxes, FLOWS.format(r="")) if f.rule.startswith("publish_rate")
        ]

        assert finding.message == (
            "a thing sends and gets 120 messages/s at peak, over the limit of 100 messages/s per"
            " connection, in and out: a headroom of -20%"
        )

    # 60/s of its own, and 2 receivers of 200/s among 10 things: 60 + 40; at 1 KB each 100 KB/s
    @pytest.mark.parametrize(("peak", "exceeded"), [(200, False), (201, True)])
    def test_what_it_gets_counts_too(self, peak, exceeded):
        boxes = BOXES.format(
            things=10, more=", message_rate: 60/s, message_size: 1 KB, receivers: 2"
        )
        flows = FLOWS.format(r="") + f"\n- s -> f: {{rate: 1/s, peak: {peak}/s, size: 1 KB}}"

        assert ("publish_rate_per_connection_exceeded" in rules(boxes, flows)) is exceeded

    # 60/s of its own, and a topic of 400/s from 10 things
    @pytest.mark.parametrize(("stated", "exceeded"), [(400, False), (401, True)])
    def test_a_topic_of_its_own_counts_too(self, stated, exceeded):
        more = ", message_rate: 60/s, message_size: 1 KB"
        got = names(more, 10, f": {{rate: {stated}/s, size: 1 KB}}")

        assert ("publish_rate_per_connection_exceeded" in got) is exceeded

    @pytest.mark.parametrize(("topics", "exceeded"), [(50, False), (51, True)])
    def test_subscriptions_are_a_quota(self, topics, exceeded):
        got = found(*parts(f", subscriptions: {topics}", 1, ""))
        severities = [f.severity for f in got if f.rule == "subscriptions_per_connection_exceeded"]

        assert severities == ([Severity.WARNING] if exceeded else [])


class TestSessions:
    """Messages that wait for things: kept for an hour by default, then sent at 10/s."""

    PARTS = (
        "c: {{type: client}}\nf: {{type: iot.thing_fleet, things: 100, topic_size: 20 B,"
        " quality_of_service: {quality}, connected: {connected}, reconnects: {reconnects}}}"
    )

    def found(self, peak: str = "10/s", **options: object) -> list[tuple[Severity, str, str]]:
        words = {"quality": 1, "connected": "75%", "reconnects": "6/day", **options}
        flows = f"- c -> f: {{rate: 1/s, peak: {peak}, size: 1 KB}}"
        return [
            (f.severity, f.rule, f.message)
            for f in found(self.PARTS.format(**words), flows)
            if "session" in f.rule
        ]

    def test_an_hour(self):
        # 25% of 86,400 s over 6 connects a day is an hour
        assert self.found() == []

    def test_above_an_hour(self):
        # 26% × 86,400 s ÷ 6 = 3,744 s
        assert self.found(connected="74%") == [
            (
                Severity.WARNING,
                "persistent_session_expiry_exceeded",
                (
                    "a thing is away for 3,744 s on average (26% of the time over 6 connects a"
                    " day), over the default quota of 3,600 s per session of a thing that is away:"
                    " a headroom of -4%"
                ),
            )
        ]

    @pytest.mark.parametrize(
        ("peak", "exceeded"),
        [("1000/s", []), ("1001/s", ["session_dequeue_rate_exceeded"])],
    )
    def test_what_waits_is_sent_at_ten_a_second(self, peak, exceeded):
        # 1,000/s over 100 things are 10/s of each
        assert [rule for _, rule, _ in self.found(peak)] == exceeded

    @pytest.mark.parametrize(
        "options",
        [{"quality": 0, "connected": "10%"}, {"connected": "100%", "peak": "1001/s"}],
    )
    def test_nothing_waits(self, options):
        assert self.found(**options) == []

    def test_nothing_is_known_without_reconnects(self):
        components = self.PARTS.replace(", reconnects: {reconnects}", "")
        components = components.format(quality=1, connected="10%")

        assert not any(
            "session" in r for r in rules(components, "- c -> f: {rate: 1/s, size: 1 B}")
        )


class TestSettings:
    @pytest.mark.parametrize(
        ("more", "rule"),
        [
            (", message_rate: 1/s", "message_rate_without_size"),
            (", shadow_rate: 1/s", "shadow_rate_without_size"),
            (", peak_message_rate: 1/s", "peak_message_rate_without_rate"),
            (f"{SENDS}, peak_message_rate: 1/h", "peak_message_rate_below_mean"),
            (", quality_of_service: 2", "out_of_range"),
            (f"{SENDS}, topic_size: 257 B", "out_of_range"),
        ],
    )
    def test_refused(self, more, rule):
        with pytest.raises(SpecError) as raised:
            fleet(more)
        assert [f.rule for f in raised.value.findings] == [rule]

    def test_topics_of_256_bytes_are_allowed(self):
        assert fleet(f"{SENDS}, topic_size: 256 B").of("f")

    def test_where_aws_sells_no_iot_core_the_price_is_unknown(self):
        result = fleet(region="mx-central-1")

        assert {c.list_cost for c in result.of("f")} == {None}
