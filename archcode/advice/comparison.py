"""What a comparison of messaging services advises."""

from __future__ import annotations

from archcode.advice._advice import Advice

ADVICE = (
    Advice(
        "107",
        "Make the consumer idempotent where delivery is at least once.",
        ("exactly_once_assumed",),
    ),
    Advice(
        "108",
        "Do not take a standard queue where order matters.",
        ("ordering_not_kept", "ordering_lost_on_the_way"),
    ),
    Advice(
        "109",
        "Take FIFO only if the rate stays below 300 messages a second at all times, "
        "or with high throughput.",
        (
            "fifo_throughput_exceeded",
            "fifo_high_throughput_exceeded",
            "fifo_partition_throughput_exceeded",
        ),
    ),
    Advice(
        "110",
        "Total order needs one consumer; order within a subset needs message groups.",
        ("too_few_message_groups", "mapping_concurrency_too_low", "pipe_concurrency_too_low"),
    ),
    Advice(
        "111",
        "A topic without subscribers swallows all that is published.",
        ("topic_without_subscriber", "events_without_target", "stream_without_reader"),
    ),
    Advice(
        "112",
        "Expect order within a shard or partition only, and make what must be in order the key.",
        ("ordering_not_kept", "ordering_lost_on_the_way"),
        because="that total order needs one shard is checked; which field is the key is not "
        "in a spec",
    ),
    Advice(
        "113",
        "Producers of a stream write twice when they try again, and consumers read "
        "twice when they lose their position: plan for both.",
        ("whole_batch_given_up",),
        because="that duplicates come is true of every stream; what a consumer does with them"
        " is the subject of the rules on idempotence",
    ),
    Advice(
        "114",
        "A shard takes 1 MB/s or 1,000 records/s and is paid for by the hour: add and"
        " remove as the load goes.",
        ("too_few_shards", "idle_shards"),
    ),
    Advice(
        "115",
        "A provisioned cluster grows by adding brokers and moving partitions by hand.",
        ("too_few_brokers", "brokers_without_headroom", "brokers_for_rare_peak"),
    ),
    Advice(
        "116",
        "An active/standby pair carries what one broker carries: a standby adds none.",
        ("enqueue_rate_efs_exceeded", "broker_in_one_zone"),
        because="connections and messages are counted against one broker, whether a standby "
        "is there or not",
    ),
    Advice(
        "117",
        "Faster storage than EFS for ActiveMQ is in one zone, and lost with it.",
        ("broker_storage_in_one_zone",),
    ),
    Advice(
        "118",
        "Take Amazon MQ for JMS, AMQP, MQTT, STOMP, OpenWire or XA transactions.",
        ("protocol_not_spoken", "exactly_once_assumed"),
    ),
    Advice(
        "119",
        "Take Kafka where the solution must run outside AWS, too.",
        ("protocol_not_spoken",),
        because="where else it must run is not in a spec; that it must speak kafka is",
    ),
    Advice(
        "120",
        "Part producers from consumers, so that each scales and is released alone.",
        ("synchronous_function_call",),
        because="only calls between functions are sure to be a coupling",
    ),
)
