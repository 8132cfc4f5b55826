"""Elastic Load Balancing, us-east-1: https://aws.amazon.com/elasticloadbalancing/pricing/."""

from decimal import Decimal

import pytest
from support import cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError

CLIENT = "c: {type: client}\n"
KNOWN = "requests_per_connection: 1, connection_duration: 1 s"
BROKER = (
    "amazonmq.broker, engine_type: RABBITMQ, host_instance_type: mq.m7g.large,"
    " deployment_mode: SINGLE_INSTANCE, stored: 1 GB"
)


def balancer(
    settings: str = KNOWN,
    request: str = "rate: 100/s, size: 512 B, response_size: 512 B",
    target: str = "server",
) -> tuple[str, str]:
    """A load balancer in front of one target."""
    return (
        CLIENT
        + f"b: {{type: elasticloadbalancingv2.load_balancer, {settings}}}\n"
        + f"s: {{type: {target}}}",
        f"- c -> b: {{{request}}}\n- b -> s",
    )


def network(settings: str = KNOWN, **options: str) -> tuple[str, str]:
    return balancer(f"load_balancer_type: network, {settings}", **options)


class TestHours:
    @pytest.mark.parametrize("spec", [balancer(), network()], ids=["application", "network"])
    def test_a_load_balancer_costs_2_25_cents_an_hour(self, spec):
        (name,) = {
            c.charge_description
            for c in priced(*spec).of("b")
            if c.charge_description.endswith("Load Balancer")
        }

        # 730 h x $0.0225
        assert cost(priced(*spec), "b", name) == Decimal("16.425")

    def test_also_where_nothing_flows(self):
        result = priced("b: {type: elasticloadbalancingv2.load_balancer}\n" + CLIENT)

        assert cost(result, "b", "Application") == Decimal("16.425")
        assert result.complete


class TestUnits:
    def test_new_connections(self):
        # 100/s ÷ 25 = 4 units x 730 h x $0.008
        result = priced(*balancer())

        assert quantity(result, "b", "Capacity") == 2920
        assert cost(result, "b", "Capacity") == Decimal("23.36")

    def test_requests_share_connections(self):
        # 100/s ÷ 10 ÷ 25 = 0.4 units; bytes 100/s x 1,024 x 3,600 / 2^30 = 0.3433 GB/h are less
        result = priced(*balancer("requests_per_connection: 10, connection_duration: 1 s"))

        assert quantity(result, "b", "Capacity") == 292

    def test_open_connections(self):
        # 100/s x 300 s ÷ 3,000 = 10 units
        result = priced(*balancer("requests_per_connection: 1, connection_duration: 5 min"))

        assert quantity(result, "b", "Capacity") == 7300

    @pytest.mark.parametrize(
        ("target", "units"),
        # 2^30 bytes an hour at 1/s x 298,261.6 bytes: 1/s x 3,600 s x 2^30 B = 3,600 GB/h
        [("server", 3600), ("lambda.function, duration: 1 ms", 9000)],
    )
    def test_functions_have_two_fifths_of_the_bytes(self, target, units):
        spec = balancer(request="rate: 1/s, size: 512 MB, response_size: 512 MB", target=target)
        result = priced(*spec)

        assert quantity(result, "b", "Capacity") == units * 730

    def test_functions_and_servers_are_weighed_by_their_share(self):
        components, flows = balancer(
            request="rate: 1/s, size: 512 MB, response_size: 512 MB",
            target="lambda.function, duration: 1 ms",
        )
        result = priced(f"{components}\nt: {{type: server}}", f"{flows}: {{share: 25%}}\n- b -> t")

        # 3,600 GB/h: a quarter ÷ 0.4 and three quarters ÷ 1 = 2,250 + 2,700 units
        assert quantity(result, "b", "Capacity") == 4950 * 730

    @pytest.mark.parametrize(
        ("rule_count", "units"),
        # 2,000/s ÷ 100 ÷ 25 = 0.8 units of connections; 2,000/s x 1, 2 above 10 ÷ 1,000
        [(0, "0.8"), (10, "0.8"), (11, "2"), (12, "4")],
    )
    def test_rules_above_ten(self, rule_count, units):
        spec = balancer(
            f"requests_per_connection: 100, connection_duration: 1 s, rules: {rule_count}",
            request="rate: 2000/s, size: 1 B, response_size: 1 B",
        )

        assert quantity(priced(*spec), "b", "Capacity") == Decimal(units) * 730

    @pytest.mark.parametrize(
        ("protocol", "opened", "kept"),
        [
            # 800/s at 800, 400 and 50 new ones for a unit; 800/s x 1,000 s at 100,000, 50,000
            # and 3,000 open ones
            ("TCP", "1", "8"),
            ("UDP", "2", "16"),
            ("TLS", "16", "266.666666666667"),
        ],
    )
    def test_network_load_balancers_hold_more(self, protocol, opened, kept):
        request = "rate: 800/s, size: 1 B, response_size: 1 B"
        short = network(f"{KNOWN}, protocol: {protocol}", request=request)
        long = network(
            f"requests_per_connection: 1, connection_duration: 1000 s, protocol: {protocol}",
            request=request,
        )

        assert quantity(priced(*short), "b", "Capacity") == Decimal(opened) * 730
        assert abs(quantity(priced(*long), "b", "Capacity") - Decimal(kept) * 730) < Decimal("1e-9")

    def test_a_network_unit_costs_6_tenths_of_a_cent(self):
        result = priced(
            *network(request="rate: 800/s, size: 1 B, response_size: 1 B"),
        )

        # 1 unit x 730 h x $0.006
        assert cost(result, "b", "Capacity") == Decimal("4.38")

    def test_charges_are_for_the_mean_and_capacity_for_the_peak(self):
        result = priced(
            *balancer(request="rate: 100/s, peak: 610/s, size: 512 B, response_size: 512 B")
        )
        (need,) = result.capacity["b"]

        assert quantity(result, "b", "Capacity") == 2920
        # 610 ÷ 25 = 24.4
        assert need.required == 25
        assert need.formula == (
            "the most of new connections 610/s ÷ 1 ÷ 25 = 24.4; open 610/s × 1 s ÷ 3,000 = 0.2;"
            " 2.09 GB/h ÷ 1 GB/h = 2.09; rules 610/s × 0 above 10 ÷ 1,000 = 0, rounded up"
        )

    @pytest.mark.parametrize(
        ("settings", "request_", "missing"),
        [
            ("rules: 1", "response_size: 1 KB", "requests_per_connection and connection_duration"),
            ("requests_per_connection: 1", "response_size: 1 KB", "connection_duration"),
            (KNOWN, "label: x", "the response_size of c -> b"),
        ],
    )
    def test_what_is_not_said_is_unknown(self, settings, request_, missing):
        spec = balancer(settings, request=f"rate: 1/s, size: 1 KB, {request_}")
        said = {f.message for f in found(*spec) if f.rule == "quantity_unknown"}

        assert f"the cost of Capacity units depends on {missing}" in said
        assert priced(*spec).capacity["b"] == ()


class TestTraffic:
    def test_every_request_goes_to_one_target(self):
        components, flows = balancer()
        result = topology(
            f"{components}\nt: {{type: server}}", f"{flows}: {{share: 80%}}\n- b -> t"
        )

        assert rate(result, "b -> s") == 80
        assert rate(result, "b -> t") == 20

    @pytest.mark.parametrize(
        ("target", "wrong"),
        [
            ("sqs.queue", True),
            ("sns.topic", True),
            (BROKER, False),
            ("lambda.function, duration: 1 ms", False),
        ],
    )
    def test_targets_have_addresses_or_are_functions(self, target, wrong):
        assert ("flow_without_consumer" in rules(*balancer(target=target))) is wrong

    def test_a_topic_pushes_to_it(self):
        components, flows = balancer(request="protocol: https, response_size: 1 B")
        flows = flows.replace("c -> b", "t -> b")
        spec = (
            f"{components}\nt: {{type: sns.topic}}",
            f"- c -> t: {{rate: 1/s, size: 1 KB}}\n{flows}",
        )

        assert rules(*spec) == []

    def test_answers_leave_aws(self):
        result = priced(*balancer(request="rate: 10/s, size: 1 KB, response_size: 64 KB"))

        # 26,280,000 x 65,536 bytes / 2^30 = 1,604.00390625 GB x $0.09
        assert cost(result, "b", "Data transfer") == Decimal("144.3603515625")


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "rule"),
        [
            ("idle_timeout: 0", "out_of_range"),
            ("idle_timeout: 4001", "out_of_range"),
            ("client_keep_alive: 59", "out_of_range"),
            ("client_keep_alive: 604801", "out_of_range"),
            ("protocol: TLS", "protocol_of_application_load_balancer"),
            (
                "load_balancer_type: network, idle_timeout: 60",
                "application_setting_on_network_load_balancer",
            ),
            (
                "load_balancer_type: network, client_keep_alive: 60",
                "application_setting_on_network_load_balancer",
            ),
            (
                "load_balancer_type: network, rules: 1",
                "application_setting_on_network_load_balancer",
            ),
            ("connection_duration: 3601 s", "connection_above_keep_alive"),
        ],
    )
    def test_are_refused(self, settings, rule):
        with pytest.raises(SpecError) as raised:
            priced(*balancer(settings))

        assert [f.rule for f in raised.value.findings] == [rule]

    @pytest.mark.parametrize(
        "settings",
        [
            f"{KNOWN}, idle_timeout: 1",
            f"{KNOWN}, idle_timeout: 4000",
            f"{KNOWN}, client_keep_alive: 60",
            f"{KNOWN}, client_keep_alive: 7 d",
            "requests_per_connection: 1, connection_duration: 1 h",
            "load_balancer_type: network, requests_per_connection: 1, connection_duration: 2 h",
        ],
    )
    def test_are_accepted(self, settings):
        assert rules(*balancer(settings)) == []


class TestLimits:
    @pytest.mark.parametrize(("rule_count", "wrong"), [(100, False), (101, True)])
    def test_rules(self, rule_count, wrong):
        names = rules(*balancer(f"{KNOWN}, rules: {rule_count}"))

        assert ("listener_rules_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("1 MB", False), ("1048577 B", True)])
    def test_functions_take_and_give_1_mb(self, size, wrong):
        function = "lambda.function, duration: 1 ms"
        request = rules(
            *balancer(request=f"rate: 1/s, size: {size}, response_size: 1 B", target=function)
        )
        answer = rules(
            *balancer(request=f"rate: 1/s, size: 1 B, response_size: {size}", target=function)
        )
        server = rules(*balancer(request=f"rate: 1/s, size: {size}, response_size: {size}"))

        assert ("request_to_function_exceeded" in request) is wrong
        assert ("response_of_function_exceeded" in answer) is wrong
        assert server == []

    @pytest.mark.parametrize(("groups", "wrong"), [(100, False), (101, True)])
    def test_target_groups(self, groups, wrong):
        components, flows = balancer()
        for number in range(groups - 1):
            components += f"\nt{number}: {{type: server}}"
            flows += f"\n- b -> t{number}"

        assert ("target_groups_exceeded" in rules(components, flows)) is wrong

    @pytest.mark.parametrize(("count", "wrong"), [(50, False), (51, True)])
    def test_load_balancers_of_a_region(self, count, wrong):
        components, flows = CLIENT + "s: {type: server}", ""
        for number in range(count):
            kind = "elasticloadbalancingv2.load_balancer"
            components += f"\nb{number}: {{type: {kind}, {KNOWN}}}"
            flows += f"\n- c -> b{number}: {{rate: 1/s, size: 1 B, response_size: 1 B}}"

        names = rules(components, flows)
        assert ("application_load_balancers_exceeded" in names) is wrong
