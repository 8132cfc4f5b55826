"""What rules say about streams, their keys and readers, Kafka, brokers and delivery streams."""

from __future__ import annotations

from case import CLIENT, ERROR, INFO, STREAM, WARNING, Case

CLUSTER = (
    f"{CLIENT}s: {{type: server}}\n"
    "k: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}"
)
DELIVERY = f"{CLIENT}b: {{type: s3.bucket}}\nf: {{type: kinesisfirehose.delivery_stream"
SEARCH = "d: {type: opensearchservice.domain, monthly_cost: 420}\n"

# kafka.m7g.large sustains half of 78.75 ÷ 6.5 MB/s, 6.06, and 78.125 ÷ 6.06 are 13 brokers,
# or 15 in three zones.
CASES = (
    Case(
        "broker_in_one_zone",
        WARNING,
        "b.deployment_mode",
        "is SINGLE_INSTANCE: one broker with its volume in one zone, and nothing takes over",
        "set deployment_mode: CLUSTER_MULTI_AZ",
        CLIENT + "b: {type: amazonmq.broker, engine_type: RABBITMQ, stored: 1 GB,"
        " host_instance_type: mq.m7g.large, deployment_mode: SINGLE_INSTANCE}",
        "- c -> b: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "broker_storage_in_one_zone",
        WARNING,
        "b.storage_type",
        "is EBS: all messages are on one volume in one zone",
        "leave it out, which is EFS, and measure: AWS speaks of 80 messages/s, not 500",
        CLIENT + "b: {type: amazonmq.broker, engine_type: ACTIVEMQ, stored: 1 GB,"
        " host_instance_type: mq.m5.large, deployment_mode: SINGLE_INSTANCE, storage_type: EBS}",
        "- c -> b: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "brokers_for_one_consumer",
        INFO,
        "k",
        "s alone reads it, 1,023 KB/s at peak, and the cluster is paid for every hour",
        "a queue charges for its requests only, one shard of a data stream is enough for replay;"
        " keep Kafka for its protocol, its connectors, or more consumer groups",
        CLUSTER + "}",
        "- c -> k: {rate: 1023/s, size: 1 KB}\n- k -> s",
    ),
    Case(
        "brokers_for_rare_peak",
        INFO,
        "k",
        "15 brokers stand ready for a peak of 78.12 MB/s, 4 times the mean of 19.53 MB/s",
        "compare an msk.serverless_cluster, which takes 200 MB/s unsized",
        CLUSTER + ", retention: 1 h}",
        "- c -> k: {rate: 2000/s, peak: 8000/s, size: 10 KB}\n- k -> s",
    ),
    Case(
        "delivery_failures_without_bucket",
        WARNING,
        "f",
        "says no bucket for what d does not take",
        "add s3_backup_configuration: {bucket_arn: NAME}",
        f"{SEARCH}{CLIENT}f: {{type: kinesisfirehose.delivery_stream}}",
        "- c -> f: {rate: 1/s, size: 1 KB}\n- f -> d",
    ),
    Case(
        "high_volume_on_standard_workflow",
        INFO,
        "m.state_machine_type",
        "runs 100 executions/s of 2 s on average as Standard, which charges every state",
        "set state_machine_type: EXPRESS if every step may run twice",
        CLIENT + "m: {type: stepfunctions.state_machine, transitions: 5, duration: 2 s}",
        "- c -> m: {rate: 100/s, size: 1 KB}",
    ),
    Case(
        "hot_key_outruns_function",
        WARNING,
        "k -> w",
        "each of 10 keys has 10% of the records, 200/s at peak, and w takes 100/s of one key (batch"
        " 100 ÷ 1 s): a headroom of -100%",
        "use larger batches or a shorter duration, or split the key",
        STREAM.replace("kinesis.stream", "kinesis.stream, partition_keys: 10"),
        "- c -> k: {rate: 1000/s, peak: 2000/s, size: 100 B}\n- k -> w: {batch: 100}",
    ),
    Case(
        "hot_partition",
        ERROR,
        "k.partition_keys",
        "all records have one key, 10 MB/s written at peak, over the limit of 5 MB/s written per"
        " serverless partition: a headroom of -100%",
        "more partitions do not help: split the key into 2 or more, such as by a suffix",
        CLIENT + "s: {type: server}\nk: {type: msk.serverless_cluster, partition_keys: 1}",
        "- c -> k: {rate: 1024/s, size: 10 KB}\n- k -> s",
    ),
    Case(
        "hot_shard",
        ERROR,
        "k.hottest_key_share",
        "the busiest key has 25% of the records, 1,250 records/s at peak, over the limit of 1,000"
        " records/s per shard: a headroom of -25%",
        "more shards do not help: split the key into 2 or more, such as by a suffix",
        CLIENT + "k: {type: kinesis.stream, hottest_key_share: 25%}\ns: {type: server}",
        "- c -> k: {rate: 1000/s, peak: 5000/s, size: 100 B}\n- k -> s",
    ),
    Case(
        "idle_shards",
        INFO,
        "k",
        "w alone reads it, and 2 shards, paid for every hour, are used to 0.5% on average",
        "a queue charges for its requests only; keep the stream for order or replay",
        STREAM.replace("kinesis.stream", "kinesis.stream, shard_count: 2"),
        "- c -> k: {rate: 10/s, size: 1 KB}\n- k -> w",
    ),
    Case(
        "kafka_run_by_hand",
        INFO,
        "k.engine",
        "is Apache Kafka on EC2, whose brokers only you patch and replace",
        "compare an msk.cluster or an msk.serverless_cluster",
        CLIENT + "k: {type: broker, engine: Apache Kafka on EC2}\ns: {type: server}",
        "- c -> k: {rate: 10/s, size: 1 KB}\n- k -> s",
    ),
    Case(
        "late_search_documents",
        INFO,
        "f.buffering_hints",
        "documents reach d after 300 s, when a buffer of 5 MB or 300 s is over",
        "set {size_in_mbs: 1, interval_in_seconds: 60} for a fresh search",
        f"{SEARCH}{DELIVERY}}}",
        "- c -> f: {rate: 1/s, size: 1 KB}\n- f -> d\n- f -> b",
    ),
    Case(
        "poison_record_blocks_shard",
        WARNING,
        "k -> w.maximum_retry_attempts",
        "is -1: a record that fails is tried until it expires after 24 h, and its shard waits for"
        " it",
        "say maximum_retry_attempts: 3 and bisect_batch_on_function_error: true and on_failure:"
        " NAME, a queue or a topic",
        STREAM,
        "- c -> k: {rate: 100/s, size: 1 KB}\n- k -> w",
    ),
    Case(
        "small_files_in_bucket",
        INFO,
        "f.buffering_hints",
        "writes files of 600 KB to b, one every 60 s; a buffer of 64 MB or 300 s makes them"
        " 2.93 MB",
        "set {size_in_mbs: 64, interval_in_seconds: 300}, unless readers cannot wait",
        f"{DELIVERY}, buffering_hints: {{size_in_mbs: 5, interval_in_seconds: 60}}}}",
        "- c -> f: {rate: 10/s, size: 1 KB}\n- f -> b",
    ),
    Case(
        "stream_outruns_consumers",
        ERROR,
        "k -> e",
        "1,100 messages/s come at peak, and e takes 1,000 (4 partitions × batch 50 ÷ 0.2 s): a"
        " headroom of -10%",
        "use more shards or partitions, more consumers, larger batches or shorter work",
        CLIENT + "k: {type: msk.serverless_cluster, partitions: 4}\n"
        "e: {type: ecs.service, launch_type: FARGATE, cpu: 256, memory: 512, duration: 200 ms,"
        " desired_count: 10}",
        "- c -> k: {rate: 1100/s, size: 1 KB}\n- k -> e: {batch: 50}",
    ),
    Case(
        "too_few_partition_keys",
        WARNING,
        "k.partition_keys",
        "6 keys over 4 shards are below 10 of each: chance decides, and the busiest has 2 or more"
        " of them, 33.33% of the records at least",
        "take a key with more values, such as the order instead of the country",
        STREAM.replace("kinesis.stream", "kinesis.stream, shard_count: 4, partition_keys: 6"),
        "- c -> k: {rate: 100/s, size: 1 KB}\n- k -> w",
    ),
    Case(
        "too_many_shared_readers",
        INFO,
        "k",
        "3 readers share the 2 MB/s and 5 calls/s of each shard, and take 1.46 MB/s of it at peak:"
        " a headroom of 26.76%",
        "set enhanced_fan_out: true where it matters, such as on k -> w",
        STREAM + "\ns: {type: server}\nt: {type: server}",
        "- c -> k: {rate: 500/s, size: 1 KB}\n- k -> w\n- k -> s\n- k -> t",
    ),
    Case(
        "topic_without_replica",
        WARNING,
        "k.replication_factor",
        "is 1: each partition is on one broker only, which AWS restarts to patch it",
        "set it to 3, one replica in each zone",
        CLUSTER + ", replication_factor: 1}",
        "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> s",
    ),
    Case(
        "whole_batch_given_up",
        WARNING,
        "k -> w.bisect_batch_on_function_error",
        "is false: one bad record fails its batch, and after 4 tries all 100 are given up",
        "set bisect_batch_on_function_error: true, or return the failed items with"
        " function_response_types: [ReportBatchItemFailures]",
        STREAM,
        "- c -> k: {rate: 100/s, size: 1 KB}\n- k -> w: {maximum_retry_attempts: 3}",
    ),
)
