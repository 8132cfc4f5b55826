"""What rules on queues, dead letters, functions behind queues and bounded resources say."""

from __future__ import annotations

from case import BUS, CLIENT, ERROR, INFO, STREAM, WARNING, Case, mapping

IN = "- c -> q: {rate: 10/s, size: 1 KB}\n"
POLLED = "- q -> w"
DEAD = "d: {type: sqs.queue, message_retention_period: 14 d}\n"
FUNCTION = "w: {type: lambda.function, duration: 1 s}\n"
SERVER = "w: {type: server}\n"
TASKS = "w: {type: ecs.service, launch_type: EC2, desired_count: 20, duration: 1 s}\n"


def queue(settings: str = "", name: str = "q") -> str:
    """A queue with settings."""
    return f"{name}: {{type: sqs.queue{settings}}}\n"


def redriven(receives: int, settings: str = "") -> str:
    """A queue `q` with a dead-letter queue `d`."""
    policy = f"redrive_policy: {{dead_letter_target: d, max_receive_count: {receives}}}"
    return queue(f", {policy}{settings}") + DEAD


CASES = (
    Case(
        "caller_without_concurrency_cap",
        WARNING,
        "w -> p",
        "has no cap: w may make 1,000 calls at a time, and p takes 20",
        "say maximum_concurrency: 20 on q -> w",
        CLIENT + queue() + FUNCTION + "p: {type: partner, concurrency_limit: 20}",
        IN + "- q -> w\n- w -> p",
    ),
    Case(
        "caller_without_concurrency_cap",
        WARNING,
        "w -> p",
        "has no cap: w may make 1,000 calls at a time, and p takes 20 and 50 in a second",
        # 50 calls/s in batches of 10 are 5 batches/s of 1 s
        "say maximum_concurrency: 5 on q -> w",
        CLIENT + queue() + FUNCTION + "p: {type: partner, concurrency_limit: 20, rate_limit: 50/s}",
        IN + "- q -> w\n- w -> p",
    ),
    Case(
        "caller_without_concurrency_cap",
        WARNING,
        "w -> p",
        "has no cap: w may make 1,000 calls at a time, and p takes 1",
        "set reserved_concurrent_executions: 1 on w",
        CLIENT + FUNCTION + "p: {type: server, concurrency_limit: 1}",
        "- c -> w: {rate: 1/s, size: 1 KB}\n- w -> p",
    ),
    Case(
        "caller_without_concurrency_cap",
        WARNING,
        "w -> p",
        "has no cap: w may make 1,000 calls at a time, and p takes 50 in a second",
        "say maximum_concurrency on q -> w",
        CLIENT + queue() + "w: {type: lambda.function}\np: {type: partner, rate_limit: 50/s}",
        IN + "- q -> w\n- w -> p",
    ),
    Case(
        "concurrency_limit_exceeded",
        WARNING,
        "p",
        "gets up to 25 calls at a time from w, and takes 20: a headroom of -25%",
        "cap the concurrency of w at 20",
        CLIENT + queue() + FUNCTION + "p: {type: partner, concurrency_limit: 20}",
        IN + "- q -> w: {maximum_concurrency: 25}\n- w -> p",
    ),
    Case(
        "consumers_compete_for_messages",
        WARNING,
        "q",
        "hands each message to only one of w, v and u, which compete for them",
        "send copies through a topic to a queue for each, or say on the flows which share each"
        " takes",
        CLIENT + queue() + SERVER + "v: {type: server}\nu: {type: server}",
        IN + "- q -> w\n- q -> v\n- q -> u",
    ),
    Case(
        "dead_letter_queue_elsewhere",
        ERROR,
        "q.redrive_policy.dead_letter_target",
        "is d, which is in eu-west-1, and q is in us-east-1",
        "put d into the frames of q",
        CLIENT + redriven(5) + FUNCTION,
        IN + POLLED,
        groups="e: {kind: region, region: eu-west-1, contains: [d]}",
    ),
    Case(
        "dead_letter_queue_elsewhere",
        ERROR,
        "q.redrive_policy.dead_letter_target",
        "is d, which is in another account than q",
        "put d into the frames of q",
        CLIENT + redriven(5) + FUNCTION,
        IN + POLLED,
        groups="e: {kind: account, contains: [d]}",
    ),
    Case(
        "dead_letters_kept_too_short",
        WARNING,
        "d.message_retention_period",
        "is 4 d, not longer than the 7 d of q, whose dead letters come here with their age",
        "say message_retention_period: 14 d",
        CLIENT
        + queue(", message_retention_period: 7 d, redrive_policy: {dead_letter_target: d}")
        + queue(name="d")
        + FUNCTION,
        IN + POLLED,
    ),
    Case(
        "dead_letters_kept_too_short",
        WARNING,
        "d.message_retention_period",
        "is 4 d, not longer than the 14 d of q, whose dead letters come here with their age",
        "say message_retention_period: 14 d, and keep messages shorter in q",
        CLIENT
        + queue(", message_retention_period: 14 d, redrive_policy: {dead_letter_target: d}")
        + queue(name="d")
        + FUNCTION,
        IN + POLLED,
    ),
    Case(
        "dead_letters_kept_too_short",
        WARNING,
        "q.message_retention_period",
        "is 14 d, as long as its dead-letter queue d keeps messages",
        "set it below 14 d, the longest that a queue keeps messages",
        CLIENT + redriven(5, ", message_retention_period: 14 d") + FUNCTION,
        IN + POLLED,
    ),
    Case(
        "duration_close_to_timeout",
        WARNING,
        "w.timeout",
        "is 1 min, and w takes 54 s on average: a headroom of 10%",
        "raise it, or shorten the work",
        CLIENT + "w: {type: lambda.function, duration: 54 s, timeout: 60}",
        "- c -> w: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "duration_close_to_timeout",
        WARNING,
        "w.timeout",
        "is 15 min, and w takes 14 min on average: a headroom of 6.67%",
        "split the work, or give it to a task or a state machine",
        CLIENT + "w: {type: lambda.function, duration: 14 min, timeout: 900}",
        "- c -> w: {rate: 1/s, size: 1 KB}",
    ),
    Case(
        "fifo_dead_letters_of_function",
        ERROR,
        "w.dead_letter_config.target_arn",
        "is d, a FIFO queue, and Lambda takes standard ones only",
        "make d standard",
        f"{CLIENT}t: {{type: sns.topic}}\nd: {{type: sqs.queue, fifo_queue: true}}\n"
        "w: {type: lambda.function, duration: 1 s, dead_letter_config: {target_arn: d}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> w",
    ),
    Case(
        "fifo_queue_without_deduplication",
        ERROR,
        "q.content_based_deduplication",
        "is false, and b sends no deduplication ids to a FIFO queue",
        "set it to true",
        BUS + queue(", fifo_queue: true"),
        "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> q",
    ),
    Case(
        severity=WARNING,
        where="q -> w.maximum_concurrency",
        message=(
            "is not set: this mapping may run 1,250 batches at a time, and w reserves a concurrency"
            " of 100"
        ),
        hint="say maximum_concurrency: 100",
        **mapping(
            "mapping_ignores_reserved_concurrency",
            "",
            ", reserved_concurrent_executions: 100",
            "batch: 10",
        ),
    ),
    Case(
        severity=WARNING,
        where="q -> w.maximum_concurrency",
        message=(
            "is not set: this mapping may run 1,250 batches at a time, and w reserves a concurrency"
            " of 1"
        ),
        hint="reserve 2 or more, and say maximum_concurrency",
        **mapping(
            "mapping_ignores_reserved_concurrency",
            "",
            ", reserved_concurrent_executions: 1",
            "batch: 10",
        ),
    ),
    Case(
        "mapping_ignores_reserved_concurrency",
        WARNING,
        "q -> w.maximum_concurrency",
        "is not set: this mapping may run 1,250 batches at a time, and w reserves a concurrency"
        " of 10",
        "let all queues of w together run 10 at most",
        CLIENT
        + queue()
        + queue(name="v")
        + "w: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 10}",
        IN + "- c -> v: {rate: 10/s, size: 1 KB}\n- q -> w\n- v -> w: {maximum_concurrency: 5}",
    ),
    Case(
        "max_receive_count_too_low",
        WARNING,
        "q.redrive_policy.max_receive_count",
        "is 1: the first failure makes a dead letter",
        "set it to 5",
        CLIENT + redriven(1) + SERVER,
        IN + POLLED,
    ),
    Case(
        "max_receive_count_too_low",
        INFO,
        "q.redrive_policy.max_receive_count",
        "is 3, and throttled invocations of w count; AWS advises 5 or more",
        "set it to 5",
        CLIENT + redriven(3) + FUNCTION,
        IN + POLLED,
    ),
    Case(
        "message_expires_before_dead_letter",
        WARNING,
        "q.redrive_policy.max_receive_count",
        "is 10: with a visibility timeout of 12 h that takes 5 d, and messages expire after 4 d",
        "set it to 7 or less, or keep messages longer",
        CLIENT + redriven(10, ", visibility_timeout: 12 h") + FUNCTION,
        IN + POLLED,
    ),
    Case(
        "message_expires_before_dead_letter",
        WARNING,
        "q.redrive_policy.max_receive_count",
        "is 2: with a visibility timeout of 1 min that takes 2 min, and messages expire after"
        " 1 min",
        "shorten the visibility timeout, or keep messages longer",
        CLIENT
        + redriven(2, ", visibility_timeout: 1 min, message_retention_period: 1 min")
        + FUNCTION,
        IN + POLLED,
    ),
    Case(
        severity=WARNING,
        where="q -> w",
        message="brings back all 25 of a batch when w fails on one",
        hint="return what failed, and say function_response_types: [ReportBatchItemFailures]",
        **mapping(
            "queue_batch_retried_whole",
            "",
            "",
            "batch: 25, maximum_batching_window_in_seconds: 1",
        ),
    ),
    Case(
        severity=INFO,
        where="q -> w.batch",
        message="is 1: 600 messages/s make as many invocations, and batches of 10 make 60/s",
        hint="say batch: 10, with function_response_types: [ReportBatchItemFailures]",
        **mapping("queue_batches_of_one", "", "", "batch: 1", rate="600/s"),
    ),
    Case(
        "queue_without_dead_letter_queue",
        WARNING,
        "q",
        "has no dead-letter queue: what w cannot process is tried again until it expires after 4 d",
        "add redrive_policy: {dead_letter_target: NAME, max_receive_count: 5}",
        CLIENT + queue() + SERVER,
        IN + POLLED,
    ),
    Case(
        "queue_without_dead_letter_queue",
        WARNING,
        "q",
        "has no dead-letter queue: what v cannot process is tried again until it expires after 4 d",
        "add redrive_policy: {dead_letter_target: NAME, max_receive_count: 5}",
        CLIENT + queue() + SERVER + "v: {type: server}",
        IN + "- q -> w\n- q -> v: {failure_rate: 1%}",
    ),
    Case(
        "queue_without_dead_letter_queue",
        WARNING,
        "q",
        "has no dead-letter queue: what w cannot process is tried again until it expires after 4 d,"
        " and its group waits",
        "add redrive_policy: {dead_letter_target: NAME, max_receive_count: 5}",
        CLIENT + queue(", fifo_queue: true") + SERVER,
        IN + POLLED,
    ),
    Case(
        "rate_limit_exceeded",
        WARNING,
        "p",
        # 20 at a time, each a batch of 10 in 1 s
        "gets up to 200 calls/s from w, and takes 100/s: a headroom of -100%",
        "put a queue before it, and cap the concurrency of what works on that",
        CLIENT + queue() + FUNCTION + "p: {type: partner, rate_limit: 100/s}",
        IN + "- q -> w: {maximum_concurrency: 20}\n- w -> p",
    ),
    Case(
        "rate_limit_exceeded",
        ERROR,
        "p",
        "gets up to 40 calls/s from w and v, and takes 10/s: a headroom of -300%",
        "even the mean rate is 11/s: batch the calls, or agree on more",
        CLIENT + SERVER + "v: {type: server}\np: {type: partner, rate_limit: 10/s}",
        "- w -> p: {rate: 1/s, peak: 30/s, size: 1 KB}\n- v -> p: {rate: 10/s, size: 1 KB}",
    ),
    Case(
        "retention_below_outage",
        ERROR,
        "q.message_retention_period",
        # 10/s × 7,200 s wait; 20/s − 10/s of them are worked off each second
        "has to outlast 2 h in which w is down, and 2 h until it has worked off 72,000 messages at"
        " 20 − 10 messages/s, but is 2.5 h: a headroom of -60%",
        "keep messages longer, or let w catch up faster",
        CLIENT + queue(", message_retention_period: 2.5 h") + TASKS,
        IN + "- q -> w: {longest_outage: 2 h}",
    ),
    Case(
        "retention_below_outage",
        ERROR,
        "k.retention_period_hours",
        # 86,400 messages ÷ (1 shard × batch 100 ÷ 1 s − 1/s) = 872.7 s
        "has to outlast 24 h in which w is down, and 14.55 min until it has worked off 86,400"
        " messages at 100 − 1 messages/s, but is 24 h: a headroom of -1.01%",
        "keep messages longer, or let w catch up faster",
        STREAM,
        "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> w: {batch: 100, longest_outage: 24 h}",
    ),
    Case(
        "retention_below_outage",
        ERROR,
        "t",
        "has to outlast 36 h in which w is down, but its stream keeps changes for 24 h:"
        " a headroom of -50%",
        "send its changes to a data stream, which keeps them up to a year",
        CLIENT
        + "t: {type: dynamodb.table, billing_mode: PAY_PER_REQUEST, stored: 1 GB,"
        + " stream_specification: {stream_view_type: NEW_IMAGE}}\nw: {type: lambda.function}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> w: {longest_outage: 36 h}",
    ),
    Case(
        "short_polling",
        WARNING,
        "q.receive_message_wait_time_seconds",
        "is 0: w asks without waiting, and may miss messages that are there",
        "set it to 20",
        CLIENT + queue() + SERVER,
        IN + POLLED,
    ),
    Case(
        "short_polling",
        WARNING,
        "q.receive_message_wait_time_seconds",
        "is 0: w and v ask without waiting, and may miss messages that are there",
        "set it to 20",
        CLIENT + queue() + SERVER + "v: {type: server}",
        IN + "- q -> w: {share: 50%}\n- q -> v",
    ),
    Case(
        "too_few_message_groups",
        WARNING,
        "q.message_groups",
        "is 10, and w needs 15 batches at a time at peak, while a group has one: a headroom of"
        " -50%",
        "use more message groups, larger batches or shorter work",
        CLIENT + queue(", fifo_queue: true, message_groups: 10") + TASKS,
        "- c -> q: {rate: 10/s, peak: 15/s, size: 1 KB}\n- q -> w",
    ),
    Case(
        "too_few_message_groups",
        ERROR,
        "q.message_groups",
        "is 1, and w needs 10 batches at a time at peak, while a group has one: a headroom of"
        " -900%",
        "use more message groups, larger batches or shorter work",
        CLIENT + queue(", fifo_queue: true, message_groups: 1") + TASKS,
        IN + POLLED,
    ),
    Case(
        "visibility_timeout_below_processing_time",
        WARNING,
        "q.visibility_timeout",
        "is 30 s, and w takes 45 s on average",
        "raise it above what the slowest take, or let the consumer extend it while it works",
        CLIENT + queue() + TASKS.replace("1 s", "45 s"),
        IN + POLLED,
    ),
    Case(
        "visibility_timeout_below_processing_time",
        ERROR,
        "q.visibility_timeout",
        "can be 12 h at most, and w takes 13 h",
        "split the work, or let a state machine wait for it",
        CLIENT + queue(", visibility_timeout: 12 h") + TASKS.replace("1 s", "13 h"),
        IN + POLLED,
    ),
    Case(
        severity=ERROR,
        where="q.visibility_timeout",
        message="is 30 s, but w may run for 60 s",
        # 6 × 60 s, and the second of a window that a batch of 11 needs
        hint="raise it to 361 s, six times the function timeout plus 1 s of batching",
        **mapping("visibility_timeout_below_function_timeout", "", ", timeout: 60", "batch: 11"),
    ),
    Case(
        "visibility_timeout_below_six_timeouts",
        WARNING,
        "q.visibility_timeout",
        "is 60 s; AWS advises 120 s for the 20 s timeout of w",
        # the other function needs more, and both have one queue
        "raise it to 366 s, six times the timeout of v",
        CLIENT
        + queue(", visibility_timeout: 60")
        + "w: {type: lambda.function, duration: 1 s, timeout: 20}\n"
        + "v: {type: lambda.function, duration: 1 s, timeout: 61}",
        IN + "- q -> w\n- q -> v",
    ),
)
