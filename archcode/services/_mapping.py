"""Lambda's event source mappings, as the queues and streams that they read see them, and calls.

The settings of a mapping stand on the flow into the function. Which source understands which:
botocore==1.44.5:data/lambda/service-2.json#CreateEventSourceMappingRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archcode.flow import FlowSettings
    from archcode.model import ServiceSettings

WINDOW = "maximum_batching_window_in_seconds"
POLLERS = "provisioned_poller_config"
RETRY_KEYS = frozenset(
    {
        "bisect_batch_on_function_error",
        "function_response_types",
        "maximum_record_age_in_seconds",
        "maximum_retry_attempts",
    }
)
"""How a mapping of a stream or of Kafka deals with a batch that fails."""
BROKER_KEYS = frozenset({WINDOW})
QUEUE_KEYS = frozenset({WINDOW, POLLERS, "function_response_types", "maximum_concurrency"})
KAFKA_KEYS = RETRY_KEYS | {WINDOW, POLLERS, "on_failure"}
STREAM_KEYS = RETRY_KEYS | {
    WINDOW,
    "on_failure",
    "parallelization_factor",
    "tumbling_window_in_seconds",
}
MAPPING_KEYS = BROKER_KEYS | QUEUE_KEYS | KAFKA_KEYS | STREAM_KEYS
"""All of them; they mean nothing where no mapping reads."""
FUNCTION_KEYS = frozenset({"invocation_type"})
"""What a function may say of a call of another one:
https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html."""


def deliveries(_settings: object, _target: ServiceSettings, flow: FlowSettings) -> int | None:
    """A record is read again until it succeeds or expires, unless its mapping counts the tries.

    A mapping that gives up by age only is taken to try without end.
    """
    retries = flow.maximum_retry_attempts
    return None if retries is None or retries < 0 else 1 + retries


def call_deliveries(_settings: object, target: ServiceSettings, flow: FlowSettings) -> int | None:
    """What a function calls is called once, or as often as an event of another one is tried.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
    """
    return target.asynchronous_deliveries() if flow.invocation_type == "Event" else 1
