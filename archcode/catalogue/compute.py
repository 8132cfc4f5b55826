"""What functions, workers, APIs, workflows and stores refuse, or do not bear."""

from __future__ import annotations

from archcode.catalogue._known import ERROR, REFUSED, WARNING, Known

FUNCTIONS = (
    Known("batch_above_payload_limit", WARNING, "Batches are cut at the payload, so more calls."),
    Known("duration_above_timeout", REFUSED, "Every invocation would be stopped before its end."),
    Known("maximum_pollers_below_minimum", ERROR, "The most pollers are fewer than the least."),
    Known("reserved_concurrency_below_peak", WARNING, "At the peak invocations are throttled."),
    Known("reserved_concurrency_too_low", ERROR, "Even the mean rate is throttled for ever."),
    Known(
        "shared_concurrency_exceeded",
        WARNING,
        "Reservations leave too little, so functions that reserve nothing are throttled.",
    ),
    Known("too_few_pollers", ERROR, "AWS refuses a mapping with fewer pollers."),
)
WORKERS = (
    Known("capacity_bounds_reversed", REFUSED, "The least capacity is above the most."),
    Known("fargate_task_size", REFUSED, "AWS Fargate has no task of this CPU and memory."),
    Known("too_few_workers", ERROR, "Even the mean rate is more than the workers do."),
    Known("workers_below_peak", WARNING, "At the peak messages wait, or callers time out."),
)
WORKFLOWS = (
    Known("logged_without_level", REFUSED, "Nothing is logged while the level is off."),
    Known("retries_of_a_state_without_end", ERROR, "A state is retried a stated number of times."),
    Known("task_token_in_express_workflow", ERROR, "Express workflows cannot wait for a token."),
    Known("transitions_below_1", REFUSED, "Every execution passes through a state."),
)
APIS = (
    Known("cache_size_without_cache", REFUSED, "A cache that is off has no size."),
    Known("cache_without_size", REFUSED, "A cache is charged by its size."),
    Known("connections_of_http_api", REFUSED, "Only WebSocket APIs hold connections."),
)
LOAD_BALANCERS = (
    Known("application_setting_on_network_load_balancer", REFUSED, "Only an ALB has this setting."),
    Known("connection_above_keep_alive", REFUSED, "The load balancer closes connections earlier."),
    Known(
        "protocol_of_application_load_balancer", REFUSED, "The load balancer lacks the protocol."
    ),
)
TABLES = (
    Known("capacity_units_below_peak", WARNING, "At the peak the table throttles."),
    Known("capacity_units_too_low", ERROR, "The table throttles the mean rate, without end."),
    Known("consistent_read_of_a_write", ERROR, "Only a read can be consistent."),
    Known("index_named_twice", REFUSED, "AWS refuses two indexes of one name."),
    Known("kinesis_stream_not_enabled", ERROR, "The table sends nothing to this stream."),
    Known("kinesis_stream_without_flow", ERROR, "Changes that no arrow draws count as nothing."),
    Known("stream_not_enabled", ERROR, "Without its stream a table has nothing to be read from."),
    Known("throughput_on_demand", REFUSED, "An on-demand table has no capacity to set."),
)
STORES = (
    Known("busy_hours_above_month", ERROR, "A month does not have so many hours."),
    Known("notification_without_size", ERROR, "A notification has a size of its own."),
    Known("too_few_prefixes", ERROR, "Amazon S3 slows requests down within each prefix."),
)

COMPUTE = {
    "AWS Lambda": FUNCTIONS,
    "Amazon ECS and Amazon EC2": WORKERS,
    "AWS Step Functions": WORKFLOWS,
    "Amazon API Gateway": APIS,
    "Elastic Load Balancing": LOAD_BALANCERS,
    "Amazon DynamoDB": TABLES,
    "Amazon S3 and Amazon Redshift": STORES,
}
