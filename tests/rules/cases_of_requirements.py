"""What rules say about requirements that the services do not meet."""

from __future__ import annotations

from case import CLIENT, ERROR, WARNING, Case

CASES = (
    Case(
        rule="delivery_not_guaranteed",
        severity=ERROR,
        where="t.requires.delivery",
        message="is at_least_once, but t (AWS IoT Core) delivers at most once",
        hint=(
            "set quality_of_service: 1 on t; Amazon SQS, Amazon SNS, Amazon EventBridge"
            " event bus, Amazon Kinesis Data Streams, Amazon MSK Serverless, Amazon MSK"
            " and Amazon MQ would satisfy all that is required here"
        ),
        components=CLIENT
        + "t: {type: iot.thing_fleet, things: 10, requires: {delivery: at_least_once}}\n",
        flows="- c -> t: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="exactly_once_assumed",
        severity=ERROR,
        where="q -> w.requires.delivery",
        message=(
            "is exactly_once, but q (Amazon SQS standard) delivers at least once, and w"
            " is not idempotent"
        ),
        hint=(
            "record what is processed together with its effect, and set idempotent: true"
            " on w; else Amazon SQS FIFO, Amazon SNS FIFO, Amazon MSK Serverless, Amazon"
            " MSK and Amazon MQ ActiveMQ would satisfy all that is required here"
        ),
        components=CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w: {requires: {delivery: exactly_once}}",
    ),
    Case(
        rule="exactly_once_assumed",
        severity=WARNING,
        where="q -> w.requires.delivery",
        message=(
            "is exactly_once, but q (Amazon SQS FIFO) delivers exactly once only within"
            " 5 minutes, where a message is deleted before its visibility timeout, and w"
            " is not idempotent"
        ),
        hint=("record what is processed together with its effect, and set idempotent: true on w"),
        components=CLIENT + "q: {type: sqs.queue, fifo_queue: true}\nw: {type: lambda.function}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w: {requires: {delivery: exactly_once}}",
    ),
    Case(
        rule="exactly_once_assumed",
        severity=ERROR,
        where="q.requires.delivery",
        message=(
            "is exactly_once, but q (Amazon SNS standard) delivers at least once, and v"
            " and w are not idempotent"
        ),
        hint=(
            "record what is processed together with its effect, and set idempotent: true"
            " on v and w; else Amazon SNS FIFO, Amazon MSK Serverless, Amazon MSK and"
            " Amazon MQ ActiveMQ would satisfy all that is required here"
        ),
        components=CLIENT + "q: {type: sns.topic, requires: {delivery: exactly_once}}\n"
        "v: {type: lambda.function}\n"
        "w: {type: lambda.function}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> v\n- q -> w",
    ),
    Case(
        rule="exactly_once_assumed",
        severity=ERROR,
        where="q.requires.delivery",
        message=(
            "is exactly_once, but q (Amazon Kinesis Data Streams provisioned) delivers"
            " at least once"
        ),
        hint=(
            "Amazon SNS FIFO, Amazon MSK Serverless and Amazon MSK would satisfy all"
            " that is required here"
        ),
        components=CLIENT
        + "q: {type: kinesis.stream, requires: {delivery: exactly_once, replay: 1 d}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="latency_too_high",
        severity=WARNING,
        where="f -> b.requires.latency",
        message=(
            "is near_real_time, 120 s at most, but messages take 300.2 s: 0.2 s in k, 300 s in f"
        ),
        hint=(
            "set a shorter interval_in_seconds on f; Amazon SQS, Amazon SNS, Amazon"
            " EventBridge event bus, Amazon Kinesis Data Streams, Amazon MSK Serverless,"
            " Amazon MSK and Amazon MQ would satisfy all that is required here"
        ),
        components=CLIENT + "k: {type: kinesis.stream}\n"
        "f: {type: kinesisfirehose.delivery_stream}\n"
        "b: {type: s3.bucket}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}\n"
        "- k -> f\n"
        "- f -> b: {requires: {latency: near_real_time}}",
    ),
    Case(
        rule="latency_too_high",
        severity=WARNING,
        where="q -> w.requires.latency",
        message="is real_time, 1 s at most, but messages take 5 s: 5 s in a batch on q -> w",
        hint="lower maximum_batching_window_in_seconds on q -> w",
        components=CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n"
        "- q -> w: {maximum_batching_window_in_seconds: 5, requires: {latency: real_time}}",
    ),
    Case(
        rule="loss_possible",
        severity=ERROR,
        where="w.requires.maximum_loss",
        message=(
            "is 0.001%, but 0.01% of the messages on q -> w are given up, and nothing takes them"
        ),
        hint="set dead_letter_config: {target_arn: NAME} on w",
        components=CLIENT + "q: {type: sns.topic}\n"
        "w: {type: lambda.function, maximum_retry_attempts: 1, "
        "requires: {maximum_loss: 0.001%}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w: {failure_rate: 1%}",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="w.requires.maximum_loss",
        message="is 0%, but what keeps failing in w is deleted from q after 4 d",
        hint="set redrive_policy: {dead_letter_target: NAME} on q",
        components=CLIENT + "q: {type: sqs.queue}\n"
        "w: {type: lambda.function, requires: {maximum_loss: 0%}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="w.requires.maximum_loss",
        message="is 0%, but what keeps failing on k -> w expires after 1 d",
        hint="say on_failure: NAME on k -> w",
        components=CLIENT + "k: {type: kinesis.stream}\n"
        "w: {type: lambda.function, requires: {maximum_loss: 0%}}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="k -> w.requires.maximum_loss",
        message="is 0%, but what keeps failing on k -> w is given up after 3 tries",
        hint="say on_failure: NAME on k -> w",
        components=CLIENT + "k: {type: kinesis.stream}\nw: {type: lambda.function}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}\n"
        "- k -> w: {maximum_retry_attempts: 2, requires: {maximum_loss: 0%}}",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="w.requires.maximum_loss",
        message="is 0%, but w gives up what it gets from q after 3 tries",
        hint="set dead_letter_config: {target_arn: NAME} on w",
        components=CLIENT + "q: {type: sns.topic}\n"
        "w: {type: lambda.function, requires: {maximum_loss: 0%}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="w.requires.maximum_loss",
        message="is 0%, but w gives up what it gets from q after 1 try",
        hint="set dead_letter_config: {target_arn: NAME} on w",
        components=CLIENT + "q: {type: sns.topic}\n"
        "w: {type: lambda.function, maximum_retry_attempts: 0, "
        "requires: {maximum_loss: 0%}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}\n- q -> w",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="t -> w.requires.maximum_loss",
        message="is 0%, but t drops what w does not take",
        hint="put a queue with a dead-letter queue between t and w",
        components=CLIENT + "t: {type: sns.topic}\nw: {type: partner}\n",
        flows="- c -> t: {rate: 1/s, size: 1 KB}\n"
        "- t -> w: {protocol: https, requires: {maximum_loss: 0%}}",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="b -> q.requires.maximum_loss",
        message="is 0%, but what b cannot deliver to q is dropped",
        hint="draw a rule with a dead_letter_config between b and q",
        components=CLIENT + "b: {type: events.event_bus}\nq: {type: sqs.queue}\n",
        flows="- c -> b: {rate: 1/s, size: 1 KB}\n- b -> q: {requires: {maximum_loss: 0%}}",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="r -> q.requires.maximum_loss",
        message="is 0%, but what r cannot deliver to q is dropped",
        hint="set dead_letter_config: {arn: NAME} on r",
        components=CLIENT + "b: {type: events.event_bus}\n"
        "r: {type: events.rule}\n"
        "q: {type: sqs.queue}\n",
        flows="- c -> b: {rate: 1/s, size: 1 KB}\n"
        "- b -> r\n"
        "- r -> q: {requires: {maximum_loss: 0%}}",
    ),
    Case(
        rule="loss_possible",
        severity=WARNING,
        where="k.requires.maximum_loss",
        message=(
            "is 0%, but k (Amazon MSK standard brokers) may lose messages: it keeps one"
            " replica, on one broker"
        ),
        hint="set replication_factor: 3 on k",
        components=CLIENT + "k: {type: msk.cluster, replication_factor: 1, "
        "broker_node_group_info: {instance_type: kafka.m7g.large}, "
        "requires: {maximum_loss: 0%}}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="ordering_lost_on_the_way",
        severity=ERROR,
        where="w.requires.ordering",
        message=(
            "is group, but the order is lost on t -> f: t (Amazon SNS standard) keeps no order"
        ),
        hint=(
            "Amazon SNS FIFO, Amazon Kinesis Data Streams, Amazon MSK Serverless, Amazon"
            " MSK and Amazon MQ would satisfy all that is required here"
        ),
        components=CLIENT + "t: {type: sns.topic}\n"
        "f: {type: lambda.function}\n"
        "q: {type: sqs.queue, fifo_queue: true}\n"
        "w: {type: lambda.function, requires: {ordering: group}}\n"
        "x: {type: lambda.function}\n",
        flows="- c -> t: {rate: 1/s, size: 1 KB}\n- t -> f\n- t -> x\n- f -> q\n- q -> w",
    ),
    Case(
        rule="ordering_lost_on_the_way",
        severity=ERROR,
        where="q.requires.ordering",
        message="is group, but p does not wait for f on p -> f",
        hint="let p wait for f, or put a queue between them",
        components=CLIENT + "k: {type: kinesis.stream}\n"
        "p: {type: pipes.pipe, invocation_type: FIRE_AND_FORGET}\n"
        "f: {type: lambda.function}\n"
        "q: {type: sqs.queue, fifo_queue: true, requires: {ordering: group}}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}\n- k -> p\n- p -> f\n- f -> q",
    ),
    Case(
        rule="ordering_not_kept",
        severity=ERROR,
        where="q.requires.ordering",
        message="is group, but q (Amazon SQS standard) keeps no order",
        hint=(
            "Amazon SQS FIFO, Amazon SNS FIFO, Amazon Kinesis Data Streams, Amazon MSK"
            " Serverless, Amazon MSK and Amazon MQ would satisfy all that is required"
            " here"
        ),
        components=CLIENT + "q: {type: sqs.queue, requires: {ordering: group}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="ordering_not_kept",
        severity=ERROR,
        where="q.requires.ordering",
        message="is total, but q (Amazon SQS FIFO) keeps the order within a group only",
        hint=(
            "set message_groups: 1 on q; Amazon SQS FIFO, Amazon SNS FIFO, Amazon"
            " Kinesis Data Streams provisioned, Amazon MSK Serverless, Amazon MSK and"
            " Amazon MQ would satisfy all that is required here"
        ),
        components=CLIENT + "q: {type: sqs.queue, fifo_queue: true, requires: {ordering: total}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="ordering_not_kept",
        severity=ERROR,
        where="w.requires.ordering",
        message=(
            "is total, but k (Amazon Kinesis Data Streams provisioned) keeps the order"
            " within a group only"
        ),
        hint=(
            "set shard_count: 1 on k; Amazon SNS FIFO, Amazon Kinesis Data Streams"
            " provisioned, Amazon MSK Serverless and Amazon MSK would satisfy all that"
            " is required here"
        ),
        components=CLIENT + "k: {type: kinesis.stream, shard_count: 2}\n"
        "w: {type: server, requires: {ordering: total, replay: 1 d}}\n"
        "v: {type: server}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w\n- k -> v",
    ),
    Case(
        rule="protocol_not_spoken",
        severity=ERROR,
        where="c -> q.requires.protocol",
        message="names amqp, jms, but q (Amazon SQS standard) speaks http",
        hint="Amazon MQ would satisfy all that is required here",
        components=CLIENT + "q: {type: sqs.queue}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB, requires: {protocol: [amqp, jms]}}",
    ),
    Case(
        rule="protocol_not_spoken",
        severity=ERROR,
        where="c -> q.requires.protocol",
        message="names jms, but q (Amazon MQ RabbitMQ) speaks amqp",
        hint=(
            "set an mq.m7g host_instance_type on q, which runs RabbitMQ 4; Amazon MQ"
            " would satisfy all that is required here"
        ),
        components=CLIENT + "q: {type: amazonmq.broker, engine_type: RABBITMQ, "
        "host_instance_type: mq.m5.large, deployment_mode: SINGLE_INSTANCE, stored: 1 GB}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB, requires: {protocol: jms}}",
    ),
    Case(
        rule="protocol_not_spoken",
        severity=ERROR,
        where="c -> q.requires.protocol",
        message="names kafka, stomp, but q (Amazon SQS standard) speaks http",
        hint="no single service promises all that is required here: split it",
        components=CLIENT + "q: {type: sqs.queue}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB, requires: {protocol: [kafka, stomp]}}",
    ),
    Case(
        rule="replay_not_possible",
        severity=ERROR,
        where="q.requires.replay",
        message="is 12 h, but q (Amazon SQS standard) keeps nothing to read again",
        hint=(
            "Amazon SNS FIFO, Amazon EventBridge event bus, Amazon Kinesis Data Streams,"
            " Amazon MSK Serverless and Amazon MSK would satisfy all that is required"
            " here"
        ),
        components=CLIENT + "q: {type: sqs.queue, requires: {replay: 12 h}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="replay_not_possible",
        severity=ERROR,
        where="b.requires.replay",
        message="is 36 h, but b (Amazon EventBridge event bus) keeps nothing to read again",
        hint=(
            "draw a flow from b to an events.archive with retention_days: 2; Amazon SNS"
            " FIFO, Amazon EventBridge event bus, Amazon Kinesis Data Streams, Amazon"
            " MSK Serverless and Amazon MSK would satisfy all that is required here"
        ),
        components=CLIENT + "b: {type: events.event_bus, requires: {replay: 36 h}}\n",
        flows="- c -> b: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="replay_not_possible",
        severity=ERROR,
        where="c -> w.requires.replay",
        message="is 1 d, but a call keeps nothing",
        hint=(
            "Amazon SNS FIFO, Amazon Kinesis Data Streams, Amazon MSK Serverless and"
            " Amazon MSK would satisfy all that is required here"
        ),
        components=CLIENT + "w: {type: lambda.function}\n",
        flows="- c -> w: {rate: 1/s, size: 1 KB, requires: {replay: 1 d, ordering: group}}",
    ),
    Case(
        rule="replay_window_too_short",
        severity=ERROR,
        where="k -> w.requires.replay",
        message="is 7 d, but k (Amazon Kinesis Data Streams provisioned) keeps 1 d",
        hint=(
            "set retention_period_hours: 168 on k; Amazon SNS FIFO, Amazon EventBridge"
            " event bus, Amazon Kinesis Data Streams, Amazon MSK Serverless and Amazon"
            " MSK would satisfy all that is required here"
        ),
        components=CLIENT + "k: {type: kinesis.stream}\nw: {type: lambda.function}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w: {requires: {replay: 7 d}}",
    ),
    Case(
        rule="too_many_consumers",
        severity=ERROR,
        where="q.requires.consumers",
        message="is 3, but q (Amazon SQS standard) hands each message to 1 consumer",
        hint=(
            "Amazon SNS, Amazon EventBridge event bus, Amazon Kinesis Data Streams,"
            " Amazon MSK Serverless, Amazon MSK and Amazon MQ would satisfy all that is"
            " required here"
        ),
        components=CLIENT + "q: {type: sqs.queue, requires: {consumers: 3}}\n",
        flows="- c -> q: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="too_many_consumers",
        severity=ERROR,
        where="k.requires.consumers",
        message=(
            "is 21, but k (Amazon Kinesis Data Streams on-demand) hands each message to"
            " 20 consumers"
        ),
        hint=(
            "set minimum_throughput_billing_commitment: ENABLED on k; Amazon SNS FIFO,"
            " Amazon Kinesis Data Streams on-demand, Amazon MSK Serverless, Amazon MSK"
            " and Amazon MQ would satisfy all that is required here"
        ),
        components=CLIENT
        + "k: {type: kinesis.stream, stream_mode_details: {stream_mode: ON_DEMAND}, "
        "requires: {consumers: 21, ordering: group}}\n",
        flows="- c -> k: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        rule="too_many_consumers",
        severity=ERROR,
        where="c -> w.requires.consumers",
        message="is 2, but a call reaches one component",
        hint=(
            "Amazon SNS, Amazon EventBridge event bus, Amazon Kinesis Data Streams,"
            " Amazon MSK Serverless, Amazon MSK and Amazon MQ would satisfy all that is"
            " required here"
        ),
        components=CLIENT + "w: {type: lambda.function}\n",
        flows="- c -> w: {rate: 1/s, size: 1 KB, requires: {consumers: 2}}",
    ),
)
