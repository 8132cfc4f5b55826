"""What APIs, load balancers, state machines, tasks and instances bear, by hand.

https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html,
https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html and
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import borne, loads, rules

CALL = "rate: 10/s, peak: 20/s, size: 3 KB, response_size: 2 KB"


def machine(settings: str, start: str = "rate: 10/s, peak: 20/s, size: 2 KB") -> tuple[str, str]:
    """A state machine with a task that has an input of its own, and one of a partner's."""
    components = f"""
        app: {{type: client}}
        order: {{type: stepfunctions.state_machine{settings}}}
        work: {{type: lambda.function, duration: 1 ms}}
        bank: {{type: partner}}
    """
    flows = f"""
        - app -> order: {{{start}}}
        - order -> work: {{size: 10 KB}}
        - order -> bank: {{filter: 50%}}
    """
    return components, flows


class TestStateMachine:
    @pytest.mark.parametrize(
        ("region", "quotas"), [("us-east-1", (300, 5000)), ("eu-central-1", (150, 800))]
    )
    def test_standard(self, region: str, quotas: tuple[int, int]) -> None:
        starts, transitions = quotas
        expected = [
            # A state is entered and exited, the start and the end are one event: 2 × 6 − 2.
            ("history_events", 10, 25_000),
            # Half of 20 executions/s at the peak.
            ("http_tasks", 10, 300),
            ("message_size", 2048, 262_144),
            # 10 executions/s in the mean × 4 s.
            ("open_executions", 40, 1_000_000),
            ("standard_duration", 4, 31_536_000),
            ("standard_starts", 20, starts),
            ("state_payload", 10_240, 262_144),
            # 20 executions/s × 6.
            ("state_transitions", 120, transitions),
        ]

        settings = ", transitions: 6, duration: 4 s"
        assert borne("order", *machine(settings), region=region) == expected

    def test_express(self) -> None:
        expected = [
            ("express_duration", 4, 300),
            ("express_starts", 20, 6000),
            ("http_tasks", 10, 300),
            ("message_size", 2048, 262_144),
            ("state_payload", 10_240, 262_144),
        ]

        settings = ", state_machine_type: EXPRESS, transitions: 6, duration: 4 s"
        assert borne("order", *machine(settings)) == expected

    def test_what_is_not_said_is_not_zero(self) -> None:
        names = [name for name, _, _ in borne("order", *machine(""))]

        assert names == ["http_tasks", "message_size", "standard_starts", "state_payload"]

    def test_the_messages_of_one_start_count_together(self) -> None:
        found = borne("order", *machine("", "rate: 1/s, size: 2 KB, batch: 10"))

        assert ("message_size", 20_480, 262_144) in found

    def test_each_of_two_flows_between_the_same_is_told(self) -> None:
        components, flows = machine("", "rate: 1/s, size: 300 KB")
        spec = components, f"{flows}\n        - app -> order: {{rate: 1/s, size: 400 KB}}"

        assert rules(*spec).count("message_too_large") == 2


def api(kind: str, flow: str = CALL) -> tuple[str, str]:
    components = f"""
        app: {{type: client}}
        front: {{type: {kind}}}
        work: {{type: lambda.function, duration: 1 ms}}
    """
    return components, f"- app -> front: {{{flow}}}\n- front -> work"


class TestApi:
    @pytest.mark.parametrize(
        "kind", ["apigateway.rest_api", "apigatewayv2.api, protocol_type: HTTP"]
    )
    def test_payloads(self, kind: str) -> None:
        # 10 MB each way.
        expected = [("api_payload", 2048, 10_485_760), ("message_size", 3072, 10_485_760)]

        assert borne("front", *api(kind))[:2] == expected

    def test_websocket(self) -> None:
        settings = "connections: 900, connection_duration: 30 s"
        components, flows = api(f"apigatewayv2.api, protocol_type: WEBSOCKET, {settings}")
        flows += "\n- front -> app: {rate: 1/s, size: 4 KB}"
        expected = [
            ("message_size", 3072, 131_072),
            # 900 connections ÷ 30 s.
            ("websocket_connections", 30, 500),
            ("websocket_message", 2048, 131_072),
            ("websocket_message", 4096, 131_072),
        ]

        assert [f for f in borne("front", components, flows) if "throttle" not in f[0]] == expected

    @pytest.mark.parametrize(("timeout", "told"), [(29_000, False), (29_001, True)])
    def test_a_timeout_is_a_load_only_above_its_bound(self, timeout: int, told: bool) -> None:
        kind = f"apigateway.rest_api, timeout_in_millis: {timeout}"
        names = [name for name, _, _ in borne("front", *api(kind))]

        assert ("integration_timeout" in names) is told


class TestLoadBalancer:
    def test_application(self) -> None:
        kind = "elasticloadbalancingv2.load_balancer, rules: 20"
        expected = [
            ("application_load_balancers", 1, 50),
            ("listener_rules", 20, 100),
            ("request_to_function", 3072, 1_048_576),
            ("response_of_function", 2048, 1_048_576),
            ("target_groups", 1, 100),
        ]

        assert borne("front", *api(kind)) == expected

    def test_network(self) -> None:
        components, flows = api("elasticloadbalancingv2.load_balancer, load_balancer_type: network")
        components = components.replace("lambda.function, duration: 1 ms", "server")

        assert borne("front", components, flows) == []


def behind(kind: str) -> tuple[str, str]:
    components = f"app: {{type: client}}\nwork: {{type: {kind}}}"
    return components, "- app -> work: {rate: 1/s, peak: 1024/s, size: 1 KB}"


class TestWorkers:
    def test_tasks(self) -> None:
        kind = "ecs.service, launch_type: FARGATE, cpu: 256, memory: 512"
        assert borne("work", *behind(f"{kind}, desired_count: 4")) == [
            ("tasks_per_service", 4, 5000)
        ]
        # 1,024/s × 10 ms = 10.24 tasks are busy.
        assert borne("work", *behind(f"{kind}, duration: 10 ms")) == [
            ("tasks_per_service", 11, 5000)
        ]
        assert borne("work", *behind(kind)) == []

    def test_instances(self) -> None:
        # 1 MiB/s over two instances, and 5 Gbit/s of one connection.
        expected = [("single_flow_bandwidth", Fraction(524_288), 625_000_000)]

        found = borne("work", *behind("ec2.instance, instance_type: m7g.large, instances: 2"))
        assert found == expected


@pytest.mark.parametrize(
    "spec",
    [
        machine(", transitions: 6, duration: 4 s", "rate: 0/s, size: 1 KB"),
        api("apigateway.rest_api", "rate: 0/s, size: 1 KB, response_size: 1 KB"),
        api("elasticloadbalancingv2.load_balancer", "rate: 0/s, size: 1 KB, response_size: 1 KB"),
    ],
)
def test_nothing_flows(spec: tuple[str, str]) -> None:
    assert not [load for load in loads(*spec) if load.exceeded]
