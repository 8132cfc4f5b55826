"""The limits of Amazon API Gateway, each with its source and date."""

from __future__ import annotations

from archcode.model import Limit
from archcode.units import KIB, MIB

_GUIDE = "https://docs.aws.amazon.com/apigateway/latest/developerguide"
_MIRROR = " (mirror c2hans/aws-docs@63cf41d)"
_ACCOUNT = f"{_GUIDE}/limits.html{_MIRROR}"
_REST = f"{_GUIDE}/api-gateway-execution-service-limits-table.html{_MIRROR}"
_HTTP = f"{_GUIDE}/http-api-quotas.html{_MIRROR}"
_WEBSOCKET = f"{_GUIDE}/apigateway-execution-service-websocket-limits-table.html{_MIRROR}"
_AS_OF = "2026-08-31"
_SMALL_REGIONS = (
    "af-south-1",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "mx-central-1",
)

THROTTLE_RATE = Limit(
    "throttle_rate",
    10_000,
    "requests/s",
    "adjustable",
    "of all APIs together per account and region",
    _ACCOUNT,
    _AS_OF,
    regions=dict.fromkeys(_SMALL_REGIONS, 2500),
)
THROTTLE_BURST = Limit(
    "throttle_burst",
    5000,
    "requests",
    "hard",
    "of all APIs together per account and region, refilled at the throttle rate",
    _ACCOUNT,
    _AS_OF,
    regions=dict.fromkeys(_SMALL_REGIONS, 1250),
)
SHORTEST_TIMEOUT = Limit(
    "timeout_in_millis",
    50,
    "ms",
    "range",
    "at least, for an integration",
    "cfn-lint==1.58.0:schemas/AWS::ApiGateway::Method/Integration.TimeoutInMillis",
    "2026-10-20",
)
REST_TIMEOUT = Limit(
    "integration_timeout",
    29_000,
    "ms",
    "adjustable",
    "per integration of a Regional or private REST API",
    _REST,
    _AS_OF,
)
EDGE_TIMEOUT = Limit(
    "integration_timeout",
    29_000,
    "ms",
    "hard",
    "per integration of an edge-optimized REST API",
    _REST,
    _AS_OF,
)
HTTP_TIMEOUT = Limit(
    "integration_timeout", 30_000, "ms", "hard", "per integration of an HTTP API", _HTTP, _AS_OF
)
WEBSOCKET_TIMEOUT = Limit(
    "integration_timeout",
    29_000,
    "ms",
    "hard",
    "per integration of a WebSocket API",
    _WEBSOCKET,
    _AS_OF,
)
PAYLOAD = Limit(
    "api_payload", 10 * MIB, "bytes", "hard", "per request or response of an API", _REST, _AS_OF
)
WEBSOCKET_MESSAGE = Limit(
    "websocket_message",
    128 * KIB,
    "bytes",
    "hard",
    "per message, in frames of 32 KB",
    _WEBSOCKET,
    _AS_OF,
)
CONNECTION_DURATION = Limit(
    "connection_duration",
    7200,
    "s",
    "range",
    "per WebSocket connection, from 1",
    _WEBSOCKET,
    _AS_OF,
)
NEW_CONNECTIONS = Limit(
    "websocket_connections",
    500,
    "connections/s",
    "adjustable",
    "of new ones per account and region",
    _WEBSOCKET,
    _AS_OF,
)
