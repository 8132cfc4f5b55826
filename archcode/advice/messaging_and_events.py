"""What an article on all of AWS's messaging services advises."""

from __future__ import annotations

from archcode.advice._advice import Advice

ADVICE = (
    Advice(
        "34",
        "Choose message groups as one chooses partition keys, so that order and "
        "parallel work go together.",
        (
            "too_few_message_groups",
            "mapping_concurrency_too_low",
            "pipe_concurrency_too_low",
            "fifo_partition_throughput_exceeded",
        ),
    ),
    Advice(
        "35",
        "Poll long: let a receive wait for the 20 s that SQS allows.",
        ("short_polling",),
    ),
    Advice(
        "36",
        "Extend the visibility of a message while it is still worked on.",
        ("visibility_timeout_below_processing_time",),
    ),
    Advice(
        "37",
        "Put what is larger than a message may be into S3 and send its key.",
        (
            "message_too_large",
            "put_events_size_exceeded",
            "synchronous_payload_exceeded",
            "asynchronous_payload_exceeded",
        ),
    ),
    Advice(
        "38",
        "Receive a message three to five times before it is given up; behind a "
        "function AWS says five or more.",
        ("max_receive_count_too_low",),
    ),
    Advice(
        "39",
        "Do not give up after the first failure, since many pass by themselves.",
        ("max_receive_count_too_low",),
    ),
    Advice(
        "40",
        "Give every queue that is consumed a dead-letter queue.",
        ("queue_without_dead_letter_queue",),
    ),
    Advice(
        "41",
        "Raise an alarm as soon as a dead-letter queue holds a message.",
        because="a spec has no alarms; what consumes a dead-letter queue may be drawn, and is"
        " not required",
    ),
    Advice(
        "42",
        "Keep dead letters for 14 days, and longer than the source keeps messages: "
        "those of standard queues arrive with their age.",
        ("dead_letters_kept_too_short",),
    ),
    Advice(
        "43",
        "Send dead letters back to their source once the defect is mended.",
        because="an action of operators, not a property of a topology",
    ),
    Advice(
        "44",
        "Watch how many messages are in flight to notice slow or stuck consumers.",
        ("in_flight_messages_exceeded",),
        because="the limit is checked; watching a metric is for operators",
    ),
    Advice(
        "45",
        "Let a function take 10 to 100 messages of a queue at a time.",
        ("queue_batches_of_one", "unfilled_batch", "batch_above_payload_limit"),
    ),
    Advice(
        "46",
        "Gather messages for some seconds where that saves invocations.",
        ("unfilled_batch", "queue_batches_of_one", "batch_above_10_without_window"),
    ),
    Advice(
        "47",
        "Bound the concurrency of a mapping where a database or a partner stands behind it.",
        ("caller_without_concurrency_cap", "concurrency_limit_exceeded", "rate_limit_exceeded"),
    ),
    Advice(
        "48",
        "Make the visibility timeout six times the timeout of the function, and the "
        "batching window on top.",
        ("visibility_timeout_below_six_timeouts", "visibility_timeout_below_function_timeout"),
    ),
    Advice(
        "49",
        "Never let a message reappear before the work on it can be done.",
        ("visibility_timeout_below_function_timeout", "visibility_timeout_below_processing_time"),
    ),
    Advice(
        "50",
        "Report the failed items of a batch, or one bad message repeats all of it.",
        ("queue_batch_retried_whole",),
        because="streams have a rule of their own",
    ),
    Advice(
        "51",
        "A FIFO queue runs one execution for each message group at a time: plan by groups.",
        ("mapping_concurrency_too_low", "too_few_message_groups", "pipe_concurrency_too_low"),
    ),
    Advice(
        "52",
        "Use reserved concurrency as a throttle before databases and third parties, "
        "and bound the mapping to it.",
        (
            "caller_without_concurrency_cap",
            "concurrency_limit_exceeded",
            "mapping_ignores_reserved_concurrency",
            "maximum_concurrency_above_reserved",
        ),
    ),
    Advice(
        "53",
        "Give each of several consumers a queue of its own behind a topic.",
        ("consumers_compete_for_messages",),
    ),
    Advice(
        "54",
        "Filter at the subscription, not in the consumer.",
        because="what a consumer throws away inside is not in a spec",
    ),
    Advice(
        "55",
        "An event bus for routing by content, other accounts and partners; a topic "
        "for plain copies.",
        ("partner_events_on_custom_bus", "aws_events_on_custom_bus"),
        because="the choice itself depends on plans; a bus that partners or AWS cannot reach "
        "is found",
    ),
    Advice(
        "56",
        "PutEvents succeeds although entries failed: look at their number.",
        because="is code of the producer",
    ),
    Advice(
        "57",
        "Ten events at most in one PutEvents request.",
        ("put_events_entries_exceeded",),
    ),
    Advice(
        "58",
        "Keep events of one's own off the default bus.",
        ("domain_events_on_default_bus",),
    ),
    Advice(
        "59",
        "Let a pipe carry messages over in place of a function that only does that.",
        because="a function that carries messages over cannot be told from one that works on them",
    ),
    Advice(
        "60",
        "Filter in the pipe, before it enriches and sends.",
        because="whether a filter needs what the enrichment adds is not in a spec",
    ),
    Advice(
        "61",
        "Schedules belong to EventBridge Scheduler, not to rules.",
        ("schedule_on_event_rule",),
    ),
    Advice(
        "62",
        "Partition by a key with many values: a few values leave shards idle and make others hot.",
        ("too_few_partition_keys", "hot_shard", "hot_partition", "hot_key_outruns_function"),
    ),
    Advice(
        "63",
        "Count shards by what is written, then add what shared readers take.",
        ("too_few_shards",),
    ),
    Advice(
        "64",
        "Give consumers a throughput of their own when more than two read, or when "
        "latency has to be steady.",
        (
            "too_many_shared_readers",
            "too_few_shards",
            "shard_read_records_exceeded",
            "shard_get_records_exceeded",
        ),
    ),
    Advice(
        "65",
        "An iterator's age that grows asks for more shards or a higher parallelization factor.",
        ("mapping_too_slow", "stream_outruns_consumers", "hot_key_outruns_function"),
    ),
    Advice(
        "66",
        "Halve a batch that fails and send what is given up somewhere, so that one "
        "bad record does not hold up its shard.",
        ("poison_record_blocks_shard", "whole_batch_given_up", "given_up_records_lost"),
    ),
    Advice(
        "67",
        "Let consumers of a stream write conditionally, by sequence number or event "
        "id, so that a second reading changes nothing.",
        ("exactly_once_assumed",),
    ),
    Advice(
        "68",
        "Take Kinesis for order, reading again, several readers, or a steady 10,000 "
        "events a second and more.",
        ("ordering_not_kept", "replay_not_possible", "too_many_consumers"),
        because="the rate alone is no reason: what each service carries is checked against "
        "its own limits",
    ),
    Advice(
        "69",
        "Work queues and quiet loads belong into SQS: shards are paid for while nothing comes.",
        ("idle_shards",),
    ),
    Advice(
        "70",
        "Deliver small buffers early to a search, large ones late to a bucket.",
        ("late_search_documents", "small_files_in_bucket"),
    ),
    Advice(
        "71",
        "Let Firehose write columns itself; a function that converts is paid for twice.",
        because="a spec does not say what a transform does with a record, and a function may "
        "well do something else than convert",
    ),
    Advice(
        "72",
        "Sort the records of several tenants into prefixes with dynamic partitioning.",
        because="a spec does not say that records belong to tenants; where partitioning is "
        "on, active_partitions_exceeded and active_partition_throughput_exceeded "
        "check it",
    ),
    Advice(
        "73",
        "Keep what a delivery stream fails on in a bucket, under a prefix of its own.",
        ("delivery_failures_without_bucket",),
    ),
    Advice(
        "74",
        "Take MSK for Kafka code that exists, consumer groups, compaction, "
        "transactions and connectors.",
        ("protocol_not_spoken", "exactly_once_assumed"),
    ),
    Advice(
        "75",
        "A load that comes and goes suits a serverless cluster, which nobody sizes.",
        ("brokers_for_rare_peak",),
    ),
    Advice(
        "76",
        "Run connectors on MSK Connect rather than on machines of one's own.",
        because="a server or a task that moves data into Kafka does not say that it is Kafka "
        "Connect",
    ),
    Advice(
        "77",
        "Choreography where subscribers come and go and teams are apart.",
        because="how often subscribers change is not in a spec",
    ),
    Advice(
        "78",
        "Orchestration where there are many steps, compensation, approvals or days of waiting.",
        ("loop_above_16_rounds",),
        because="which events undo a step is not in a spec; only circles that Lambda stops "
        "are found",
    ),
    Advice(
        "79",
        "Standard workflows are for durable work of up to a year, Express ones for "
        "many short executions.",
        (
            "high_volume_on_standard_workflow",
            "express_duration_exceeded",
            "standard_duration_exceeded",
            "task_token_in_express_workflow",
        ),
    ),
    Advice(
        "80",
        "Let states call services themselves, and wait for task tokens.",
        because="what a function behind a state does is not in a spec",
    ),
    Advice(
        "81",
        "Write row and event in one transaction and publish from there.",
        ("dual_write",),
    ),
    Advice(
        "82",
        "Store an event before working on it, then work so that a repeat does no harm.",
        because="when a consumer stores is its code; consumers that are not idempotent are "
        "found elsewhere",
    ),
    Advice(
        "83",
        "Feed a read model from events where queries need another shape than commands.",
        because="how data is queried is not in a spec",
    ),
    Advice(
        "84",
        "Let workers compete for work, and cap how many do.",
        (
            "caller_without_concurrency_cap",
            "concurrency_limit_exceeded",
            "consumers_compete_for_messages",
        ),
    ),
    Advice(
        "85",
        "A FIFO queue drops duplicates only by their ids: a producer's retries need the same one.",
        ("fifo_queue_without_deduplication",),
        because="whether an application sends ids, and the same ones again, is in its code; "
        "services that never send any are found",
    ),
    Advice(
        "86",
        "Write the mark of what is processed together with its effect, since exactly "
        "once is the consumer's doing.",
        ("exactly_once_assumed",),
    ),
    Advice(
        "87",
        "A queue between a topic or a bus and each service as its buffer.",
        ("capped_consumer_without_queue",),
    ),
    Advice(
        "88",
        "In a choreographed saga something must listen to failures and undo.",
        because="events of a bus have no names in a spec; a bus that nobody listens to is found",
    ),
    Advice(
        "89",
        "Where a function lags behind a stream, look at its concurrency, its "
        "duration, the shards, its errors, then at fan-out.",
        (
            "mapping_too_slow",
            "hot_key_outruns_function",
            "poison_record_blocks_shard",
            "too_many_shared_readers",
        ),
    ),
    Advice(
        "90",
        "Say what asynchronous work costs: results that come later, harder debugging,"
        " and duplicates.",
        because="a matter for people; failure modes of each handoff are described elsewhere",
    ),
)
