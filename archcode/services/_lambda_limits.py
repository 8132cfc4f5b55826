"""The limits of AWS Lambda, each with its source and date."""

from __future__ import annotations

from archcode.model import Former, Limit
from archcode.units import MIB

CONCURRENT_EXECUTIONS = Limit(
    "concurrent_executions",
    1000,
    "concurrent executions",
    "adjustable",
    "per account and region",
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    "2026-06-29",
)
REQUESTS_PER_EXECUTION = Limit(
    "requests_per_execution",
    10,
    "requests/s",
    "hard",
    "per execution environment",
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    "2026-06-29",
)
PAYLOAD_SYNCHRONOUS = Limit(
    "synchronous_payload",
    6 * MIB,
    "bytes",
    "hard",
    "per synchronous or polled invocation",
    "botocore==1.44.5:data/lambda/service-2.json#InvocationRequest.Payload",
    "2026-11-17",
)
PAYLOAD_ASYNCHRONOUS = Limit(
    "asynchronous_payload",
    MIB,
    "bytes",
    "hard",
    "per asynchronous invocation",
    "botocore==1.44.5:data/lambda/service-2.json#InvocationRequest.Payload",
    "2026-11-17",
    formerly=(Former("256 KB", "botocore==1.40.60", "2025-10-27"),),
)
MEMORY_SIZE = Limit(
    "memory_size",
    10_240,
    "MB",
    "range",
    "per function, from 128",
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    "2026-06-29",
)
TIMEOUT = Limit(
    "timeout",
    900,
    "s",
    "range",
    "per function, from 1",
    "botocore==1.44.5:data/lambda/service-2.json#CreateFunctionRequest.Timeout",
    "2026-11-17",
)
EPHEMERAL_STORAGE = Limit(
    "ephemeral_storage",
    10_240,
    "MB",
    "range",
    "per function, from 512",
    "botocore==1.44.5:data/lambda/service-2.json#CreateFunctionRequest.EphemeralStorage",
    "2026-11-17",
)
EVENT_AGE = Limit(
    "maximum_event_age_in_seconds",
    21_600,
    "s",
    "range",
    "per function, from 60",
    "cfn-lint==1.58.0:schemas/AWS::Lambda::EventInvokeConfig/MaximumEventAgeInSeconds",
    "2026-10-20",
)
RETRY_ATTEMPTS = Limit(
    "maximum_retry_attempts",
    2,
    "retries",
    "range",
    "per function",
    "cfn-lint==1.58.0:schemas/AWS::Lambda::EventInvokeConfig/MaximumRetryAttempts",
    "2026-10-20",
)
UNRESERVED = Limit(
    "unreserved_concurrency",
    100,
    "concurrent executions",
    "adjustable",
    "per account and region, left to functions that reserve none",
    "botocore==1.44.5:data/lambda/service-2.json#PutFunctionConcurrency",
    "2026-11-17",
)

LIMITS = (
    MEMORY_SIZE,
    TIMEOUT,
    EPHEMERAL_STORAGE,
    EVENT_AGE,
    RETRY_ATTEMPTS,
    CONCURRENT_EXECUTIONS,
    UNRESERVED,
    REQUESTS_PER_EXECUTION,
    PAYLOAD_SYNCHRONOUS,
    PAYLOAD_ASYNCHRONOUS,
)
"""All but those of mappings, in the order they are explained."""
