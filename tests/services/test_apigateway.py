"""Amazon API Gateway, us-east-1: https://aws.amazon.com/api-gateway/pricing/."""

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError

CLIENT = "c: {type: client}\n"
FUNCTION = "f: {type: lambda.function, duration: 1 ms}"


def api(
    settings: str = "",
    request: str = "rate: 10/s, size: 1 KB, response_size: 1 KB",
    kind: str = "type: apigatewayv2.api, protocol_type: HTTP",
) -> tuple[str, str]:
    """An API in front of a function."""
    return (
        f"{CLIENT}a: {{{kind}{settings}}}\n{FUNCTION}",
        f"- c -> a: {{{request}}}\n- a -> f",
    )


def rest(settings: str = "", **options: str) -> tuple[str, str]:
    return api(settings, kind="type: apigateway.rest_api", **options)


def websocket(
    settings: str = "", request: str = "rate: 10/s, size: 1 KB", push: str = ""
) -> tuple[str, str]:
    """A WebSocket API, with what it pushes to its clients."""
    kind = "type: apigatewayv2.api, protocol_type: WEBSOCKET, connections: 100"
    components, flows = api(settings, request=request, kind=kind)
    return components, flows + (f"\n- a -> c: {{{push}}}" if push else "")


class TestRest:
    def test_requests_cost_3_50_a_million(self):
        result = priced(*rest())

        # 26,280,000 x $0.0000035
        assert cost(result, "a", "Requests") == Decimal("91.98")

    def test_the_size_of_a_request_does_not_matter(self):
        result = priced(*rest(request="rate: 10/s, size: 6 MB, response_size: 1 KB"))

        assert quantity(result, "a", "Requests") == 10 * SECONDS

    def test_a_batch_is_one_request(self):
        result = priced(*rest(request="rate: 10/s, size: 1 KB, batch: 5, response_size: 1 KB"))

        assert quantity(result, "a", "Requests") == 2 * SECONDS

    def test_tiers_take_effect_at_333_million_and_a_billion(self):
        result = priced(*rest(request="rate: 500/s, size: 1 KB, response_size: 1 KB"))

        # 1,314,000,000: 333M x $0.0000035 + 667M x $0.0000028 + 314M x $0.00000238
        # = 1,165.50 + 1,867.60 + 747.32
        assert cost(result, "a", "Requests") == Decimal("3780.42")

    @pytest.mark.parametrize(
        ("size", "hourly"),
        [
            ("0.5", "0.02"),
            ("1.6", "0.038"),
            ("6.1", "0.2"),
            ("13.5", "0.25"),
            ("28.4", "0.5"),
            ("58.2", "1"),
            ("118", "1.9"),
            ("237", "3.8"),
        ],
    )
    def test_a_cache_is_paid_by_the_hour(self, size, hourly):
        settings = f', cache_cluster_enabled: true, cache_cluster_size: "{size}"'

        # 730 h
        assert cost(priced(*rest(settings)), "a", f"Cache of {size}") == 730 * Decimal(hourly)

    @pytest.mark.parametrize(
        ("settings", "rule"),
        [
            ("cache_cluster_enabled: true", "cache_without_size"),
            ('cache_cluster_size: "0.5"', "cache_size_without_cache"),
            ('cache_cluster_enabled: true, cache_cluster_size: "0.7"', "unknown_value"),
        ],
    )
    def test_a_cache_has_a_size_that_aws_sells(self, settings, rule):
        with pytest.raises(SpecError) as raised:
            priced(*rest(f", {settings}"))

        assert [f.rule for f in raised.value.findings] == [rule]


class TestHttp:
    def test_requests_cost_a_dollar_a_million(self):
        result = priced(*api())

        # 26,280,000 x $0.000001
        assert cost(result, "a", "Requests") == Decimal("26.28")

    @pytest.mark.parametrize(("size", "chunks"), [("512 KB", 1), ("524289 B", 2), ("1 MB", 2)])
    def test_each_512_kb_is_a_request(self, size, chunks):
        result = priced(*api(request=f"rate: 1/s, size: {size}, response_size: 1 KB"))

        assert quantity(result, "a", "Requests") == chunks * SECONDS

    def test_a_batch_is_measured_as_a_whole(self):
        result = priced(*api(request="rate: 10/s, size: 60 KB, batch: 10, response_size: 1 KB"))

        # 600 KB in a request: two increments
        assert quantity(result, "a", "Requests") == 2 * SECONDS

    def test_above_300_million_they_are_cheaper(self):
        result = priced(*api(request="rate: 200/s, size: 1 KB, response_size: 1 KB"))

        # 525,600,000: 300M x $0.000001 + 225.6M x $0.0000009
        assert cost(result, "a", "Requests") == Decimal("503.04")

    def test_answers_leave_aws(self):
        result = priced(*api(request="rate: 10/s, size: 1 KB, response_size: 64 KB"))

        # 26,280,000 x 65,536 bytes / 2^30 = 1,604.00390625 GB x $0.09
        assert cost(result, "a", "Data transfer") == Decimal("144.3603515625")

    def test_the_size_of_an_answer_is_unknown_until_it_is_said(self):
        assert rules(*api(request="rate: 10/s, size: 1 KB")) == ["quantity_unknown"]

    def test_logs_are_charged_where_their_size_is_said(self):
        result = priced(*api(", logged: 4 KB"))

        # 26,280,000 x 4,096 bytes / 2^30 = 100.250244140625 GB x $0.50
        assert cost(result, "a", "CloudWatch Logs") == Decimal("50.1251220703125")


class TestWebSocket:
    def test_messages_cost_a_dollar_a_million(self):
        result = priced(*websocket())

        # 26,280,000 x $0.000001
        assert cost(result, "a", "Messages") == Decimal("26.28")

    @pytest.mark.parametrize(("size", "chunks"), [("32 KB", 1), ("32769 B", 2), ("128 KB", 4)])
    def test_each_32_kb_is_a_message(self, size, chunks):
        sent = priced(*websocket(request=f"rate: 1/s, size: {size}"))
        pushed = priced(*websocket(request="rate: 1/s, size: 1 B", push=f"size: {size}"))
        answered = priced(
            *websocket(request=f"rate: 1/s, size: 1 B, response_size: {size}"),
        )

        assert quantity(sent, "a", "Messages") == chunks * SECONDS
        assert quantity(pushed, "a", "Messages") == (1 + chunks) * SECONDS
        assert quantity(answered, "a", "Messages") == (1 + chunks) * SECONDS

    def test_a_message_may_go_to_many_clients(self):
        result = priced(*websocket(push="per_message: 20"))

        # 1 in and 20 out: 26,280,000 x 21 x $0.000001
        assert cost(result, "a", "Messages") == Decimal("551.88")
        # and 20 x 26,280,000 x 1,024 bytes / 2^30 = 501.251220703125 GB x $0.09
        assert cost(result, "a", "Data transfer") == Decimal("45.11260986328125")

    def test_above_a_billion_they_are_cheaper(self):
        result = priced(*websocket(request="rate: 500/s, size: 1 KB"))

        # 1,314,000,000: 1,000M x $0.000001 + 314M x $0.0000008
        assert cost(result, "a", "Messages") == Decimal("1251.2")

    def test_connections_are_paid_by_the_minute(self):
        result = priced(*websocket())

        # 100 x 43,800 minutes x $0.00000025
        assert quantity(result, "a", "Connections") == 4_380_000
        assert cost(result, "a", "Connections") == Decimal("1.095")

    def test_connections_are_unknown_until_they_are_said(self):
        spec = api(kind="type: apigatewayv2.api, protocol_type: WEBSOCKET")

        assert rules(*spec) == ["quantity_unknown"]

    def test_no_answer_is_no_gap(self):
        assert rules(*websocket()) == []

    @pytest.mark.parametrize("setting", ["connections: 5", "connection_duration: 5 min"])
    def test_an_http_api_keeps_no_connections(self, setting):
        with pytest.raises(SpecError) as raised:
            priced(*api(f", {setting}"))

        assert [f.rule for f in raised.value.findings] == ["connections_of_http_api"]


class TestTraffic:
    def test_every_integration_is_called_unless_filtered(self):
        components, flows = api()
        result = topology(
            f"{components}\nq: {{type: sqs.queue}}", f"{flows}\n- a -> q: {{filter: 10%}}"
        )

        assert rate(result, "a -> f") == 10
        assert rate(result, "a -> q") == 1


class TestLimits:
    @pytest.mark.parametrize(
        "kind", ["type: apigateway.rest_api", "type: apigatewayv2.api, protocol_type: HTTP"]
    )
    @pytest.mark.parametrize(("size", "wrong"), [("10 MB", False), ("10485761 B", True)])
    def test_requests_and_answers_hold_10_mb(self, kind, size, wrong):
        request = rules(*api(request=f"rate: 1/s, size: {size}, response_size: 1 KB", kind=kind))
        answer = rules(*api(request=f"rate: 1/s, size: 1 KB, response_size: {size}", kind=kind))

        assert ("message_too_large" in request) is wrong
        assert ("api_payload_exceeded" in answer) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("128 KB", False), ("131073 B", True)])
    def test_websocket_messages_hold_128_kb(self, size, wrong):
        sent = rules(*websocket(request=f"rate: 1/s, size: {size}"))
        pushed = rules(*websocket(request="rate: 1/s, size: 1 B", push=f"size: {size}"))
        answer = rules(*websocket(request=f"rate: 1/s, size: 1 B, response_size: {size}"))

        assert ("message_too_large" in sent) is wrong
        assert ("websocket_message_exceeded" in pushed) is wrong
        assert ("websocket_message_exceeded" in answer) is wrong

    @pytest.mark.parametrize(
        ("kind", "most", "severity"),
        [
            ("type: apigateway.rest_api", 29_000, "error"),
            (
                "type: apigateway.rest_api, endpoint_configuration: {types: [REGIONAL]}",
                29_000,
                "warning",
            ),
            (
                "type: apigateway.rest_api, endpoint_configuration: {types: [PRIVATE]}",
                29_000,
                "warning",
            ),
            ("type: apigatewayv2.api, protocol_type: HTTP", 30_000, "error"),
            ("type: apigatewayv2.api, protocol_type: WEBSOCKET, connections: 1", 29_000, "error"),
        ],
    )
    def test_integrations_end(self, kind, most, severity):
        for timeout, wrong in ((most, False), (most + 1, True)):
            findings = found(*api(f", timeout_in_millis: {timeout}", kind=kind))
            over = [f for f in findings if f.rule == "integration_timeout_exceeded"]

            assert bool(over) is wrong
            assert all(f.severity == severity for f in over)

    def test_timeouts_are_milliseconds_or_say_their_unit(self):
        assert rules(*api(", timeout_in_millis: 12 s")) == []
        for timeout, rule in (("49", "out_of_range"), ("1.5", "not_whole")):
            with pytest.raises(SpecError) as raised:
                priced(*api(f", timeout_in_millis: {timeout}"))
            assert [f.rule for f in raised.value.findings] == [rule]

    @pytest.mark.parametrize(("connections", "wrong"), [(300_000, False), (300_001, True)])
    def test_new_websocket_connections(self, connections, wrong):
        # 300,000 that last 600 s each: 500 new ones a second
        settings = f"protocol_type: WEBSOCKET, connections: {connections}, connection_duration: 600"
        spec = api(f", {settings}", request="rate: 1/s, size: 1 KB", kind="type: apigatewayv2.api")

        assert ("websocket_connections_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("duration", "accepted"), [("2 h", True), ("7201 s", False)])
    def test_websocket_connections_last_2_hours(self, duration, accepted):
        spec = websocket(f", connection_duration: {duration}")
        if accepted:
            assert rules(*spec) == []
        else:
            with pytest.raises(SpecError) as raised:
                priced(*spec)
            assert [f.rule for f in raised.value.findings] == ["out_of_range"]
