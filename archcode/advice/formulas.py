"""Formulas for sizes and loads, and where each is computed."""

from __future__ import annotations

from archcode.advice._advice import Advice

ADVICE = (
    Advice(
        "F1",
        "Shards are the most that records, bytes, and the bytes of all shared readers"
        " ask for at the peak.",
        ("too_few_shards",),
        because="also the capacity `shards`",
    ),
    Advice(
        "F2",
        "Fan-out is due where shared readers take more than 2 MB/s of a shard, poll "
        "it more than five times a second, or wait too long.",
        (
            "too_few_shards",
            "shard_get_records_exceeded",
            "too_many_shared_readers",
            "enhanced_fan_out_consumers_exceeded",
            "enhanced_fan_out_consumers_advantage_exceeded",
        ),
    ),
    Advice(
        "F3",
        "The busiest key may have 1,000 records/s and 1 MB/s, however many shards there are.",
        ("hot_shard", "hot_partition", "too_few_partition_keys"),
        because="ten keys for each shard is a rule of thumb of ours",
    ),
    Advice(
        "F4",
        "A stream on demand takes 4 MB/s when it is new, then twice its peak of "
        "thirty days, up to the quota of its region.",
        (
            "new_on_demand_write_throughput_exceeded",
            "on_demand_write_throughput_exceeded",
            "on_demand_read_throughput_exceeded",
        ),
        because="a spec does not say how often a peak comes back; one that does has already "
        "raised what the stream takes, so peak over mean alone is no finding",
    ),
    Advice(
        "F5",
        "Calls of each action against 300/s for a FIFO queue, the regional quota with"
        " high throughput, and 300/s for each group.",
        (
            "fifo_throughput_exceeded",
            "fifo_high_throughput_exceeded",
            "fifo_partition_throughput_exceeded",
        ),
    ),
    Advice(
        "F6",
        "A group has one batch in work, so rate × time ÷ batch groups are needed.",
        ("too_few_message_groups", "mapping_concurrency_too_low", "pipe_concurrency_too_low"),
    ),
    Advice(
        "F7",
        "Deliveries a second × time of work are the messages in flight, 120,000 at most.",
        ("in_flight_messages_exceeded",),
    ),
    Advice(
        "F8",
        "Executions that the peak needs against what the mapping, the reservation and"
        " the account allow.",
        (
            "mapping_concurrency_too_low",
            "reserved_concurrency_too_low",
            "reserved_concurrency_below_peak",
            "concurrent_executions_exceeded",
            "unreserved_concurrency_exceeded",
            "maximum_concurrency_above_reserved",
            "mapping_ignores_reserved_concurrency",
        ),
        because="how fast a mapping scales up is not checked: a spec does not say how long a "
        "peak lasts",
    ),
    Advice(
        "F9",
        "A mapping runs shards × parallelization factor, or at most one batch per "
        "partition, at a time.",
        (
            "mapping_too_slow",
            "too_few_partitions",
            "stream_outruns_consumers",
            "hot_key_outruns_function",
            "pipe_concurrency_too_low",
        ),
    ),
    Advice(
        "F10",
        "The visibility timeout against the function's timeout, six of them and the "
        "window, or the time of work.",
        (
            "visibility_timeout_below_function_timeout",
            "visibility_timeout_below_six_timeouts",
            "visibility_timeout_below_processing_time",
        ),
    ),
    Advice(
        "F11",
        "A batch against the 6 MB of an invocation, and a batch above 10 against its window.",
        (
            "batch_above_payload_limit",
            "batch_above_10_without_window",
            "fifo_batch_above_10",
            "batching_window_on_fifo_queue",
        ),
    ),
    Advice(
        "F12",
        "The longest outage and the time to catch up against the retention; dead "
        "letters against that of their source.",
        ("retention_below_outage", "dead_letters_kept_too_short"),
        because="how long a redrive takes depends on how many dead letters there are",
    ),
    Advice(
        "F13",
        "Receives × visibility timeout against the retention.",
        ("message_expires_before_dead_letter",),
    ),
    Advice(
        "F14",
        "Events/s times rules times targets against the invocations of the region, "
        "and PutEvents requests of all producers.",
        (
            "event_invocations_above_quota",
            "put_events_requests_exceeded",
            "put_events_entries_exceeded",
            "unreserved_fan_out",
        ),
    ),
    Advice(
        "F15",
        "The new custom event bus takes 1,500 entries plus KB a second for each "
        "group, 500,000 events in all.",
        because="this kind of bus is no type of the language yet",
    ),
    Advice(
        "F16",
        "What all callers may do at a time and in a second against what a bounded resource takes.",
        ("concurrency_limit_exceeded", "rate_limit_exceeded", "caller_without_concurrency_cap"),
    ),
    Advice(
        "F17",
        "What is waited for behind a door has to end before the door gives up; "
        "concurrency divided by duration bounds the rate.",
        (
            "function_timeout_above_caller_timeout",
            "synchronous_chain_above_timeout",
            "duration_below_calls",
            "concurrent_executions_exceeded",
            "reserved_concurrency_below_peak",
            "reserved_concurrency_too_low",
        ),
    ),
    Advice(
        "F18",
        "All topics of a region share a rate of publishing, and a FIFO topic has its own.",
        (
            "standard_publish_rate_exceeded",
            "fifo_publish_rate_exceeded",
            "fifo_topic_publish_rate_exceeded",
            "fifo_topic_throughput_exceeded",
        ),
        because="the rate of one message group of a topic is not in a spec; nor are the "
        "values of a filter policy",
    ),
    Advice(
        "F19",
        "Standard brokers are counted by volume and network throughput, partitions, "
        "storage and replicas, at half of what they carry.",
        (
            "too_few_brokers",
            "brokers_without_headroom",
            "brokers_not_in_all_zones",
            "volume_too_small",
            "volume_without_headroom",
        ),
        because="also the capacity `brokers`",
    ),
    Advice(
        "F20",
        "Express brokers are counted at three quarters of what they sustain, and "
        "throttle above their maximum.",
        (
            "brokers_without_headroom",
            "ingress_throughput_exceeded",
            "egress_throughput_exceeded",
            "partition_throughput_exceeded",
        ),
        because="also the capacity `brokers`",
    ),
    Advice(
        "F21",
        "A serverless cluster takes 200 MB/s in and 400 out, a partition of it 5 in and 10 out.",
        (
            "cluster_ingress_exceeded",
            "cluster_egress_exceeded",
            "partition_ingress_exceeded",
            "partition_egress_exceeded",
            "leader_partitions_exceeded",
            "serverless_message_size_exceeded",
            "hot_partition",
        ),
    ),
    Advice(
        "F22",
        "Partitions are as many as the throughput and the largest consumer group ask "
        "for; with their replicas they count against each broker.",
        ("too_few_partitions", "partitions_exceeded", "partitions_advised_exceeded"),
        because="also the capacity `partitions`",
    ),
    Advice(
        "F23",
        "ActiveMQ has one active broker: a guideline of 80 messages/s on EFS and 500 "
        "on EBS, connections and storage by size.",
        (
            "enqueue_rate_efs_exceeded",
            "enqueue_rate_ebs_exceeded",
            "default_connections_exceeded",
            "storage_exceeded",
        ),
    ),
    Advice(
        "F24",
        "RabbitMQ is checked by connections, message size and storage of a node; its "
        "Lambda mapping runs one batch at a time.",
        (
            "mapping_too_slow",
            "connections_exceeded",
            "default_connections_exceeded",
            "default_message_size_exceeded",
            "message_size_exceeded",
            "storage_exceeded",
        ),
        because="queues, channels and memory marks are not in a spec",
    ),
    Advice(
        "F25",
        "Firehose charges records in steps of 5 KB, delivers when its buffer is full "
        "or its time over, and calls a transform five times at a time for each shard.",
        ("transform_too_slow", "late_search_documents", "small_files_in_bucket"),
        because="the steps are in the meter `ingested_gb`, the delay in the capacity "
        "`megabytes_per_delivery`",
    ),
    Advice(
        "F26",
        "Step Functions are checked by transitions, starts, open executions, history and payload.",
        (
            "state_transitions_exceeded",
            "standard_starts_exceeded",
            "express_starts_exceeded",
            "open_executions_exceeded",
            "history_events_exceeded",
            "state_payload_exceeded",
            "express_duration_exceeded",
        ),
    ),
    Advice(
        "F27",
        "A thing sends and gets 100 messages/s, an account 20,000; what waits for a "
        "thing is kept for an hour and sent at ten a second.",
        (
            "publish_rate_per_connection_exceeded",
            "inbound_publish_rate_exceeded",
            "outbound_publish_rate_exceeded",
            "mqtt_payload_exceeded",
            "topic_rule_payload_size_exceeded",
            "persistent_session_expiry_exceeded",
            "session_dequeue_rate_exceeded",
        ),
    ),
    Advice(
        "F28",
        "A pipe runs as many executions as its source and the account allow, five "
        "minutes each at most.",
        (
            "pipe_concurrency_too_low",
            "pipe_executions_exceeded",
            "execution_duration_exceeded",
            "target_batch_exceeded",
        ),
    ),
    Advice(
        "F29",
        "The stream of a table has two readers and keeps a day.",
        ("stream_readers_exceeded",),
        because="an outage above a day is the subject of longest_outage",
    ),
    Advice(
        "F30",
        "A prefix of a bucket takes 3,500 writes and 5,500 reads a second.",
        ("too_few_prefixes",),
        because="also the capacity `prefixes`",
    ),
    Advice(
        "F31",
        "Requests are counted in steps of 64 KB, and brokers, shards and load "
        "balancers are paid for while nothing comes.",
        ("idle_shards", "brokers_for_one_consumer"),
        because="the steps are in the meters of each service, idle hours in its recurring charges",
    ),
)
