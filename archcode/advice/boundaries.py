"""What an article on the borders between synchronous and asynchronous parts advises."""

from __future__ import annotations

from archcode.advice._advice import Advice

ADVICE = (
    Advice(
        "1",
        "Answer at once where the caller must decide by the result, as on validation or payment.",
        because="a spec does not say what the caller does with an answer",
    ),
    Advice(
        "2",
        "Wait for an answer only where all calls behind the door fit into its timeout.",
        (
            "function_timeout_above_caller_timeout",
            "synchronous_chain_above_timeout",
            "duration_below_calls",
        ),
    ),
    Advice(
        "3",
        "Do not wait for work whose duration varies widely.",
        because="a spec states mean durations, not how they vary",
    ),
    Advice(
        "4",
        "Let a queue absorb what comes faster than a bounded consumer can take.",
        ("capped_consumer_without_queue", "reserved_concurrency_below_peak"),
    ),
    Advice(
        "5",
        "Make work asynchronous only where doing it twice does no harm, since "
        "messages do come twice.",
        ("exactly_once_assumed",),
    ),
    Advice(
        "6",
        "Functions that call functions and wait are one program in pieces: part them "
        "by a queue or a bus.",
        ("synchronous_function_call", "duration_below_calls"),
    ),
    Advice(
        "7",
        "Take MSK where clients, connectors or transactions speak Kafka.",
        ("protocol_not_spoken",),
    ),
    Advice(
        "8",
        "Take MSK where a kept log and consumer groups of their own are what it is about.",
        ("replay_not_possible", "replay_window_too_short", "too_many_consumers"),
    ),
    Advice(
        "9",
        "Brokers by the hour are wasted where no second consumer group, no compaction"
        " and no Kafka library uses them.",
        ("brokers_for_one_consumer",),
    ),
    Advice(
        "10",
        "Take RabbitMQ on Amazon MQ where clients speak AMQP or rely on its "
        "priorities and routing.",
        ("protocol_not_spoken",),
        because="priorities and exchanges are not in a spec; the protocol is",
    ),
    Advice(
        "11",
        "Move a broker of one's own to Amazon MQ where its clients are to stay as they are.",
        ("protocol_not_spoken",),
        because="that clients exist already is not in a spec; the protocol that they need is",
    ),
    Advice(
        "12",
        "Fan out with SQS behind SNS or EventBridge where any protocol will do.",
        ("too_many_consumers", "flow_without_consumer"),
    ),
    Advice(
        "13",
        "Take SQS where a dead-letter queue per message is all the failure handling "
        "that is needed.",
        ("queue_without_dead_letter_queue", "mixed_dead_letter_queue"),
    ),
    Advice(
        "14",
        "Do not put commands whose order matters on a standard queue: take a FIFO "
        "queue, or stay with Kafka.",
        ("ordering_not_kept", "ordering_lost_on_the_way", "standard_queue_on_fifo_topic"),
    ),
    Advice(
        "15",
        "Rules that match everything make a bus a fan-out that nobody planned; know "
        "what one event sets off.",
        ("unreserved_fan_out",),
    ),
    Advice(
        "16",
        "Behind many rules: patterns, dead-letter queues and reserved concurrency.",
        ("unreserved_fan_out", "undelivered_events_lost", "failed_events_lost"),
    ),
    Advice(
        "17",
        "Look again at rules, targets and the concurrency they need whenever one is added.",
        ("unreserved_fan_out", "event_invocations_above_quota", "rules_per_bus_exceeded"),
    ),
    Advice(
        "18",
        "Lead long processes with a state machine, not with messages that go round in queues.",
        ("loop_above_16_rounds",),
    ),
    Advice(
        "19",
        "Draw approvals and waits for others as states of a workflow.",
        ("loop_above_16_rounds",),
        because="only waits that are built as a message going round are seen; others a spec "
        "does not show",
    ),
    Advice(
        "20",
        "Let workers compete for the messages of a queue, beside a state machine "
        "where there is one.",
        ("too_many_consumers",),
        because="a pool of workers on one queue is what a queue is for, and is left alone; "
        "only consumers that must each read everything are found",
    ),
    Advice(
        "21",
        "Connect MQTT devices to AWS IoT Core rather than to a broker or to Kafka.",
        ("protocol_not_spoken",),
    ),
    Advice(
        "22",
        "Take every service to deliver at least once, and promise exactly once to nobody.",
        ("exactly_once_assumed",),
    ),
    Advice(
        "23",
        "Write down for each asynchronous hand-over how it fails.",
        because="a page, not a finding: `archcode failure-modes` writes it from the settings",
    ),
    Advice(
        "24",
        "Review the visibility timeout, dead-letter queue and retention of each "
        "important queue, and let none that matters go without a redrive policy.",
        (
            "queue_without_dead_letter_queue",
            "dead_letters_kept_too_short",
            "message_expires_before_dead_letter",
            "visibility_timeout_below_six_timeouts",
        ),
    ),
    Advice(
        "25",
        "Decide between a queue and a stream by rate, retention and the list of consumers.",
        (
            "replay_not_possible",
            "replay_window_too_short",
            "too_many_consumers",
            "ordering_not_kept",
        ),
    ),
    Advice(
        "26",
        "Make the visibility timeout longer than the slowest hundredth of the work takes.",
        (
            "visibility_timeout_below_processing_time",
            "visibility_timeout_below_function_timeout",
            "visibility_timeout_below_six_timeouts",
        ),
    ),
    Advice(
        "27",
        "Give long work to heartbeats or to a state machine, not to one message that "
        "stays invisible for hours.",
        (
            "visibility_timeout_below_processing_time",
            "duration_close_to_timeout",
            "transform_above_5_minutes",
            "function_timeout_above_14_minutes",
        ),
    ),
    Advice(
        "28",
        "Count on 300 calls a second for each action of a FIFO queue without high throughput.",
        (
            "fifo_throughput_exceeded",
            "fifo_high_throughput_exceeded",
            "fifo_partition_throughput_exceeded",
        ),
    ),
    Advice(
        "29",
        "A RabbitMQ broker needs maintenance windows, durable queues and a network of its own.",
        because="none of these is in a spec",
    ),
    Advice(
        "30",
        "Where no client speaks AMQP, a queue of SQS is less work than RabbitMQ.",
        because="whether a client speaks AMQP is known only where the spec states the "
        "protocol that it requires; see the rules on requirements",
    ),
    Advice(
        "31",
        "Write one page on why a broker is bought, beginning with queues and buses.",
        because="a document, not a finding; comparing specs gives its numbers",
    ),
    Advice(
        "32",
        "What a user must see confirmed stays a request with an answer.",
        because="a spec does not say what a user must see",
    ),
    Advice(
        "33",
        "Use the routing, archive and replay of an event bus before building one.",
        because="no spec shows that a bus was built by hand; unmet replay is a requirement's "
        "finding",
    ),
)
