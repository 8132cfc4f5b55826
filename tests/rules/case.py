"""One spec and the words of the finding in it: what the cases of all rules are made of."""

from __future__ import annotations

from dataclasses import dataclass

from archcode.model import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CLIENT = "c: {type: client}\n"
BROKER = (
    "b: {type: amazonmq.broker, engine_type: RABBITMQ, host_instance_type: mq.m7g.large,"
    " deployment_mode: SINGLE_INSTANCE, stored: 1 GB}\n"
)
REPLICATED = (
    CLIENT + "k: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
    "r: {type: msk.replicator}\n"
)
COPIED = "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> r\n"
STREAM = f"{CLIENT}k: {{type: kinesis.stream}}\nw: {{type: lambda.function, duration: 1 s}}"
ASKED = "{rate: 1/s, size: 1 KB, response_size: 1 KB}"
HTTP_API = "h: {type: apigatewayv2.api, protocol_type: HTTP}\n"
DELIVERED = (
    "b: {type: s3.bucket, stored: 1 TB}\n"
    "f: {type: kinesisfirehose.delivery_stream, processing_configuration: {lambda_arn: w}}\n"
)
BUS = CLIENT + "b: {type: events.event_bus}\n"
THINGS = (
    "t: {type: iot.thing_fleet, things: 10, message_rate: 1/min, message_size: 1 KB,"
    " topic_size: 20 B}\nr: {type: iot.topic_rule}\n"
)
PIPED = f"{CLIENT}q: {{type: sqs.queue}}\np: {{type: pipes.pipe}}\nt: {{type: sns.topic}}\n"
"""A queue `q`, a pipe `p` and a topic `t`."""


@dataclass(frozen=True)
class Case:
    """A spec and the one finding of a rule in it."""

    rule: str
    severity: Severity
    where: str
    message: str
    hint: str
    components: str
    flows: str = ""
    region: str = "us-east-1"
    groups: str = ""
    budgets: str = ""

    def __str__(self) -> str:
        return self.rule


def mapping(rule: str, queue: str, function: str, flow: str, rate: str = "100/s") -> dict[str, str]:
    """A queue `q` with a function `w` behind it."""
    return {
        "rule": rule,
        "components": (
            f"{CLIENT}q: {{type: sqs.queue{queue}}}\n"
            f"w: {{type: lambda.function, duration: 1 s{function}}}"
        ),
        "flows": f"- c -> q: {{rate: {rate}, size: 1 KB}}\n- q -> w: {{{flow}}}",
    }
