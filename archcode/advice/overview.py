"""What an overview of messaging services advises."""

from __future__ import annotations

from archcode.advice._advice import Advice

ADVICE = (
    Advice(
        "91",
        "Use SQS from one sender to one consumer, which cannot read again and keeps "
        "14 days at most.",
        ("replay_not_possible", "too_many_consumers"),
    ),
    Advice(
        "92",
        "Use SNS for what is wanted at once: a consumer that comes later gets "
        "nothing, but for the archive of a FIFO topic.",
        ("replay_not_possible", "replay_window_too_short"),
    ),
    Advice(
        "93",
        "Use EventBridge to route by rules between applications, AWS services and partners.",
        because="routing is drawn as rules and filters; no other service is wrong for having "
        "few of them",
    ),
    Advice(
        "94",
        "Use Amazon MQ for JMS, AMQP, MQTT and STOMP clients; MQTT and STOMP only with ActiveMQ.",
        ("protocol_not_spoken",),
    ),
    Advice(
        "95",
        "Use Kinesis for analytics as events happen, in the order of a shard, to be "
        "read again for up to a year.",
        ("latency_too_high", "ordering_not_kept", "replay_window_too_short"),
    ),
    Advice(
        "96",
        "Use MSK for Kafka's ecosystem, long retention and transactions.",
        ("protocol_not_spoken", "replay_window_too_short", "exactly_once_assumed"),
    ),
    Advice(
        "97",
        "Choose by cost, throughput, order and retention together, and combine services.",
        ("ordering_not_kept", "replay_window_too_short"),
        because="what is required of one place is checked together, and hints name what meets"
        " all of it; the weighing is for people",
    ),
)
