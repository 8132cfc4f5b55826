"""EventBridge Pipes, us-east-1: https://aws.amazon.com/eventbridge/pricing/."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from support import SECONDS, cost, found, priced, quantity, rules, topology

from archcode.errors import SpecError
from archcode.model import Finding
from archcode.services import pipes

CLIENT = "c: {type: client}\n"


def piped(
    rate: str = "10/s",
    size: str = "1 KB",
    flow: str = "batch: 10",
    *,
    pipe: str = "",
    source: str = "type: sqs.queue",
    target: str = "type: sns.topic",
    out: str = "",
) -> tuple[str, str]:
    """A source `q`, a pipe `p` and a target `t`; an enrichment `e` is there to be called."""
    return (
        f"{CLIENT}q: {{{source}}}\np: {{type: pipes.pipe{pipe}}}\nt: {{{target}}}"
        + ("\ne: {type: lambda.function, duration: 100 ms}" if "enrichment" in pipe else ""),
        f"- c -> q: {{rate: {rate}, size: {size}}}\n- q -> p: {{{flow}}}\n- p -> t: {{{out}}}",
    )


WORK = "type: lambda.function, timeout: 15 min, duration: "
STREAM = "type: kinesis.stream, stream_mode_details: {stream_mode: ON_DEMAND}"
LARGE = f"{STREAM}, max_record_size_in_kib: 10240"
BROKER = (
    "type: amazonmq.broker, engine_type: RABBITMQ, host_instance_type: mq.m7g.large,"
    " deployment_mode: SINGLE_INSTANCE, stored: 1 GB"
)
ENRICHED = ", enrichment: e"


class TestRequests:
    def test_a_batch_is_a_request(self):
        result = priced(*piped())

        # 10/s × 2,628,000 s ÷ 10 = 2,628,000 requests × $0.0000004
        assert quantity(result, "p", "Requests of pipes") == 2_628_000
        assert cost(result, "p", "Requests of pipes") == Decimal("1.0512")

    @pytest.mark.parametrize(
        ("size", "batch", "requests"),
        [
            ("64 KB", 1, 26_280_000),
            ("65537 B", 1, 2 * 26_280_000),
            ("6553 B", 10, 2_628_000),  # 65,530 bytes
            ("6554 B", 10, 2 * 2_628_000),  # 65,540 bytes
            ("64 KB", 10, 10 * 2_628_000),
        ],
    )
    def test_each_64_kb_of_a_batch_is_a_request(self, size, batch, requests):
        result = priced(*piped(size=size, flow=f"batch: {batch}"))

        assert quantity(result, "p", "Requests of pipes") == requests

    def test_what_the_filter_drops_is_free_but_fetched(self):
        result = priced(*piped(flow="batch: 10, filter: 40%"))

        # 40% of 26,280,000 messages ÷ 10
        assert quantity(result, "p", "Requests of pipes") == 1_051_200
        # 26,280,000 sends + 2,628,000 receives + 2,628,000 deletes
        assert quantity(result, "q", "Requests") == 31_536_000

    def test_a_batch_that_fails_is_another_request(self):
        source = "type: sqs.queue, redrive_policy: {dead_letter_target: t, max_receive_count: 3}"
        spec = (
            f"{CLIENT}q: {{{source}}}\np: {{type: pipes.pipe}}\nt: {{type: sqs.queue}}\n"
            "w: {type: lambda.function, duration: 1 ms}"
        )
        flows = "- c -> q: {rate: 10/s, size: 1 KB}\n- q -> p: {failure_rate: 50%}\n- p -> w"

        # 26,280,000 × (1 + 1/2 + 1/4) ÷ 10
        assert quantity(priced(spec, flows), "p", "Requests of pipes") == 4_599_000

    def test_five_pollers_wait_for_an_idle_queue(self):
        result = priced(*piped(rate="1/h"))

        # 730 sends, 73 receives, 73 deletes, and 5 × 2,628,000 s ÷ 20 s − 73 empty receives
        assert quantity(result, "q", "Requests") == 657_803


class TestBatches:
    @pytest.mark.parametrize(
        ("source", "batch"),
        [
            ("type: sqs.queue", 10),
            (STREAM, 10),
            ("type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}", 100),
            (BROKER, 100),
        ],
    )
    def test_are_those_of_aws_unless_stated(self, source, batch):
        built = topology(*piped(flow="", source=source, target=f"{WORK}1 ms"))

        assert [h.batch for h in built.traffic["p"].inflows] == [batch]
        assert [h.batch for h in built.traffic["p"].outflows] == [batch]

    def test_the_enrichment_and_the_target_are_called_once_for_each(self):
        result = priced(*piped(pipe=ENRICHED))

        # 26,280,000 messages ÷ 10
        assert quantity(result, "e", "Requests") == 2_628_000
        assert quantity(result, "t", "Publish requests") == 2_628_000

    @pytest.mark.parametrize(
        ("out", "published"),
        [
            ("filter: 40%", 2_628_000),  # 10,512,000 messages ÷ (10 × 40%)
            ("filter: 5%", 1_314_000),  # half of the batches have one message, half have none
            ("filter: 40%, batch: 2", 5_256_000),
        ],
    )
    def test_an_enrichment_returns_fewer(self, out, published):
        result = priced(*piped(pipe=ENRICHED, out=out))

        assert quantity(result, "t", "Publish requests") == published

    @pytest.mark.parametrize(
        ("target", "most"),
        [("type: sns.topic", 10), ("type: sqs.queue", 10), ("type: kinesis.stream", 500)],
    )
    def test_are_no_larger_than_the_target_takes(self, target, most):
        names = {}
        for batch in (most, most + 1):
            spec = piped(source=STREAM, target=target, flow=f"batch: {batch}", size="100 B")
            names[batch] = rules(*spec)

        assert "target_batch_exceeded" not in names[most]
        assert names[most + 1].count("target_batch_exceeded") == 1
        assert "batch_entries_exceeded" not in names[most + 1]

    def test_an_enrichment_may_return_too_many(self):
        spec = piped(rate="100/s", pipe=ENRICHED, out="per_message: 2")

        (finding,) = [f for f in found(*spec) if f.rule == "target_batch_exceeded"]
        assert finding.message == (
            "p sends batches of 20 messages to t, over the limit of 10 messages per batch to a"
            " topic: a headroom of -100%"
        )
        assert (finding.where, finding.hint) == ("q -> p.batch", "say batch: 5")
        assert finding.severity == "error"

    @pytest.mark.parametrize(("batch", "wrong"), [(1, False), (2, True)])
    def test_some_targets_take_one_message_at_a_time(self, batch, wrong):
        (finding, *others) = _checked(batch, "events.api_destination") or [None]

        assert others == []
        assert (finding is not None) is wrong
        if finding:
            assert finding.rule == "batch_to_single_target"
            assert finding.message == "is 2, but t takes one message at a time"
            assert finding.where == "q -> p.batch"

    @pytest.mark.parametrize(("batch", "wrong"), [(4, False), (5, True)])
    def test_a_state_machine_takes_262_144_characters(self, batch, wrong):
        # 4 × 65,536 = 262,144
        findings = _checked(batch, "stepfunctions.state_machine", size="64 KB")

        assert [f.rule for f in findings] == ["state_machine_batch_exceeded"] * wrong


def _checked(batch: int, target_type: str, size: str = "1 KB"):
    """What a pipe finds where its target is of a type."""
    traffic = topology(*piped(flow=f"batch: {batch}", size=size, out=f"batch: {batch}")).traffic[
        "p"
    ]
    outflows = tuple(replace(hop, target_type=target_type) for hop in traffic.outflows)
    verdicts = pipes.check(replace(traffic, outflows=outflows), ())
    return [v for v in verdicts if isinstance(v, Finding) or v.exceeded]


class TestInvocation:
    def test_a_function_is_waited_for_unless_said(self):
        # 1 MiB and a byte: above an event's limit, within a request's
        sizes = {"size": "1048577 B", "source": LARGE, "flow": "batch: 1", "target": f"{WORK}1 ms"}

        assert "asynchronous_payload_exceeded" not in rules(*piped(**sizes))
        assert "asynchronous_payload_exceeded" in rules(
            *piped(**sizes, pipe=", invocation_type: FIRE_AND_FORGET")
        )

    def test_an_enrichment_is_always_waited_for(self):
        names = rules(
            *piped(
                size="1048577 B",
                source=LARGE,
                flow="batch: 1",
                target=f"{WORK}1 ms",
                out="size: 1 KB",
                pipe=f"{ENRICHED}, invocation_type: FIRE_AND_FORGET",
            )
        )

        assert "asynchronous_payload_exceeded" not in names

    def test_events_that_fail_are_retried_by_the_function(self):
        result = priced(
            *piped(
                target=f"{WORK}1 ms",
                pipe=", invocation_type: FIRE_AND_FORGET",
                out="failure_rate: 50%",
            )
        )

        # 2,628,000 × (1 + 1/2 + 1/4)
        assert quantity(result, "t", "Requests") == 4_599_000
        assert quantity(result, "p", "Requests of pipes") == 2_628_000

    def test_only_functions_and_state_machines_have_the_choice(self):
        spec = piped(pipe=", invocation_type: FIRE_AND_FORGET")

        (finding,) = [f for f in found(*spec) if f.rule == "invocation_type_of_other_target"]
        assert finding.where == "p.invocation_type"
        assert finding.message == "is FIRE_AND_FORGET, which t does not know"


class TestLogsAndKeys:
    LOGGED = ", log_configuration: {level: INFO}"

    def test_logs_are_charged_by_the_bytes_of_an_execution(self):
        result = priced(*piped(pipe=f"{self.LOGGED}, logged: 256 KB"))

        # 2,628,000 executions ÷ 4,096 in a GB = 641.6015625 GB × $0.50
        assert quantity(result, "p", "CloudWatch Logs") == Decimal("641.6015625")
        assert cost(result, "p", "CloudWatch Logs") == Decimal("320.80078125")

    def test_logs_of_unknown_size_are_unknown(self):
        result = priced(*piped(pipe=self.LOGGED))

        assert not result.complete

    @pytest.mark.parametrize("pipe", ["", ", log_configuration: {level: OFF}"])
    def test_a_pipe_does_not_log_unless_said(self, pipe):
        result = priced(*piped(pipe=pipe))

        assert result.complete
        assert len(result.of("p")) == 1

    def test_bytes_of_logs_need_a_level(self):
        with pytest.raises(SpecError) as raised:
            topology(*piped(pipe=", log_configuration: {level: OFF}, logged: 2 KB"))

        assert [f.rule for f in raised.value.findings] == ["logged_without_level"]

    def test_uses_of_a_key_are_unknown(self):
        result = priced(*piped(pipe=", kms_key_identifier: alias/pipes"))

        (charge,) = [c for c in result.of("p") if c.charge_description.startswith("KMS")]
        assert charge.list_cost is None
        assert "how often EventBridge uses the key" in charge.charge_description


class TestConcurrency:
    def test_is_batches_times_the_time_of_enrichment_and_target(self):
        spec = piped("100/s, peak: 200/s", pipe=ENRICHED, target=f"{WORK}250 ms")

        # 200/s ÷ 10 × (0.1 + 0.25) s = 7
        (need,) = priced(*spec).capacity["p"]
        assert need.required == 7
        assert need.formula == ("20 batches/s at peak × (0.25 s in t + 0.1 s in e) = 7, rounded up")

    def test_leaves_out_what_is_not_waited_for(self):
        pipe = f"{ENRICHED}, invocation_type: FIRE_AND_FORGET"
        spec = piped("200/s", pipe=pipe, target=f"{WORK}250 ms")

        # 20/s × 0.1 s = 2
        assert [n.required for n in priced(*spec).capacity["p"]] == [2]

    @pytest.mark.parametrize("target", ["type: lambda.function", "type: sns.topic"])
    def test_is_not_known_without_durations(self, target):
        assert priced(*piped(target=target)).capacity["p"] == ()

    @pytest.mark.parametrize(
        ("region", "rate", "wrong"),
        [
            ("us-east-1", 3000, False),
            ("us-east-1", 3001, True),
            ("us-east-2", 1000, False),
            ("us-east-2", 1001, True),
        ],
    )
    def test_all_pipes_share_a_quota(self, region, rate, wrong):
        # the rate is split over two pipes, each with executions of 1 s
        half = rate // 2
        spec = (
            f"{CLIENT}q: {{type: sqs.queue}}\nr: {{type: sqs.queue}}\np: {{type: pipes.pipe}}\n"
            f"o: {{type: pipes.pipe}}\nw: {{{WORK}1 s}}"
        )
        flows = (
            f"- c -> q: {{rate: {half}/s, size: 1 KB}}\n- q -> p: {{batch: 1}}\n- p -> w\n"
            f"- c -> r: {{rate: {rate - half}/s, size: 1 KB}}\n- r -> o: {{batch: 1}}\n- o -> w"
        )
        findings = [f for f in found(spec, flows, region=region) if "pipe_exec" in f.rule]

        assert [f.rule for f in findings] == ["pipe_executions_exceeded"] * wrong
        assert all(f.severity == "warning" for f in findings)

    @pytest.mark.parametrize(("seconds", "wrong"), [("299.9 s", False), ("299.901 s", True)])
    def test_an_execution_ends_after_300_s(self, seconds, wrong):
        # the enrichment takes 0.1 s
        names = rules(*piped("1/min", pipe=ENRICHED, target=f"{WORK}{seconds}"))

        assert ("execution_duration_exceeded" in names) is wrong


class TestPayload:
    @pytest.mark.parametrize(("size", "wrong"), [("6 MB", False), ("6291457 B", True)])
    def test_a_message_has_6_mb_at_most(self, size, wrong):
        names = rules(*piped("1/s", size, "batch: 1", source=LARGE, target=f"{WORK}1 ms"))

        assert ("pipe_payload_exceeded" in names) is wrong

    @pytest.mark.parametrize(("batch", "wrong"), [(6, False), (7, True)])
    def test_a_batch_ends_at_6_mb(self, batch, wrong):
        spec = piped("100/s", "1 MB", f"batch: {batch}", source=STREAM, target=f"{WORK}1 ms")
        findings = [f for f in found(*spec) if f.rule == "batch_above_pipe_payload"]

        assert len(findings) == wrong
        for finding in findings:
            assert finding.where == "q -> p.batch"
            assert finding.hint == "batches will hold 6 messages at most; say so"


class TestAccount:
    @pytest.mark.parametrize(("count", "wrong"), [(1000, False), (1001, True)])
    def test_has_1000_pipes_in_a_region(self, count, wrong):
        spec = "\n".join(f"p{number}: {{type: pipes.pipe}}" for number in range(count))

        assert ("pipes_exceeded" in rules(spec)) is wrong


class TestReaders:
    def test_a_pipe_shares_the_reads_of_a_stream(self):
        # 1 MB/s × 3 readers over 2 MB/s needs 2 shards
        names = ("a", "b", "d")
        spec = CLIENT + "s: {type: kinesis.stream}\nt: {type: sns.topic}\n"
        spec += "\n".join(f"{name}: {{type: pipes.pipe}}" for name in names)
        flows = "- c -> s: {rate: 1024/s, size: 1 KB}\n" + "\n".join(
            f"- s -> {name}\n- {name} -> t" for name in names
        )
        (shards,) = priced(spec, flows).capacity["s"]

        assert "1 MB/s" in shards.formula
        assert "read by 3 shared readers over 2 MB/s" in shards.formula
        assert shards.required == 2

    def test_a_pipe_may_have_reads_of_its_own(self):
        result = priced(*piped(flow="enhanced_fan_out: true", source="type: kinesis.stream"))

        # 1 consumer × 1 shard × 730 h
        assert quantity(result, "q", "Enhanced fan-out consumers") == 730


def test_a_month_has_the_seconds_of_730_hours():
    assert SECONDS == 2_628_000
