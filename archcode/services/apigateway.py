"""Amazon API Gateway, REST, HTTP and WebSocket: https://aws.amazon.com/api-gateway/pricing/.

A REST API is charged per request, an HTTP API per 512 KB of a request's payload, a WebSocket API
per 32 KB of every message in either direction and per minute of every connection. A flow out is
an integration that is called for each request; `filter` is the share of requests on its route.
A flow from a WebSocket API to a box outside AWS is what it pushes to its clients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import ZERO, Meter, Usage
from archcode.rationals import largest
from archcode.services._apigateway_limits import (
    CONNECTION_DURATION,
    EDGE_TIMEOUT,
    HTTP_TIMEOUT,
    NEW_CONNECTIONS,
    PAYLOAD,
    REST_TIMEOUT,
    SHORTEST_TIMEOUT,
    THROTTLE_BURST,
    THROTTLE_RATE,
    WEBSOCKET_MESSAGE,
    WEBSOCKET_TIMEOUT,
)
from archcode.services._apigateway_settings import ApiSettings, RestApiSettings
from archcode.services._service import Semantics, Service, against, one_flow, size_against
from archcode.services._shared_meters import VENDED_LOGS_INGESTION
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, KIB, bytes_text, ceil, grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.model import Capacity, Limit, Verdict


HTTP_CHUNK = 512 * KIB
WEBSOCKET_CHUNK = 32 * KIB
MINUTES_PER_HOUR = 60
CACHE_SIZES = ("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")

AnyApi = Traffic[RestApiSettings] | Traffic[ApiSettings]


def _calls(hop: Hop) -> Fraction:
    """Requests of one caller in a month, its retries included."""
    return hop.delivered.monthly_messages / hop.batch


def _requests(traffic: AnyApi) -> Fraction:
    return sum((_calls(hop) for hop in traffic.inflows), ZERO)


def _chunks(size: Fraction, chunk: int) -> int:
    """Metered increments of a payload."""
    return largest(1, ceil(size / chunk))


def rest_usage(
    traffic: Traffic[RestApiSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Requests, the hours of the cache, and logs."""
    words = [f"{hop.source}: {grouped(_calls(hop))} requests" for hop in traffic.inflows]
    yield Usage("requests", "rest_requests", _requests(traffic), "; ".join(words))
    size = traffic.settings.cache_cluster_size
    if size is not None:
        hours = traffic.hours_per_month
        cached = f"{grouped(hours)} h with a cache of {size} GB"
        yield Usage("cache_hours", _cache_meter(size), hours, cached)
    yield from _logs(traffic)


def _cache_meter(size: str) -> str:
    return f"rest_cache_{size.replace('.', '_')}gb_hour"


def usage(traffic: Traffic[ApiSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Requests of an HTTP API, messages and connections of a WebSocket API, and logs."""
    if traffic.settings.websocket:
        yield _messages(traffic)
        yield _connection_minutes(traffic)
    else:
        total, words = ZERO, []
        for hop in traffic.inflows:
            chunks = _chunks(hop.batch_bytes, HTTP_CHUNK)
            total += _calls(hop) * chunks
            words.append(f"{hop.source}: {grouped(_calls(hop))} requests × {chunks} of 512 KB")
        yield Usage("requests", "http_requests", total, "; ".join(words))
    yield from _logs(traffic)


def _messages(traffic: Traffic[ApiSettings]) -> Usage:
    """Messages that clients send, answers to them, and messages that are pushed to clients."""
    total, words = ZERO, []
    for hop in (*traffic.inflows, *_pushes(traffic)):
        chunks = _chunks(hop.handed.message_size_bytes, WEBSOCKET_CHUNK)
        messages = hop.delivered.monthly_messages
        total += messages * chunks
        words.append(f"{hop.where}: {grouped(messages)} messages × {chunks} of 32 KB")
        size = hop.options.response_size
        if size is not None:
            chunks = _chunks(size, WEBSOCKET_CHUNK)
            total += messages * chunks
            words.append(f"{hop.source}: {grouped(messages)} answers × {chunks} of 32 KB")
    return Usage("messages", "websocket_messages", total, "; ".join(words))


def _pushes(traffic: AnyApi) -> tuple[Hop, ...]:
    """What a WebSocket API sends to its clients."""
    return tuple(hop for hop in traffic.outflows if hop.target_settings.outside)


def _connection_minutes(traffic: Traffic[ApiSettings]) -> Usage:
    connections = traffic.settings.connections
    meter = "websocket_connection_minutes"
    if connections is None:
        reason = "connections, how many are open at a time"
        return Usage("connection_minutes", meter, None, "", reason)
    minutes = traffic.hours_per_month * MINUTES_PER_HOUR
    words = f"{grouped(connections)} connections × {grouped(minutes)} minutes"
    return Usage("connection_minutes", meter, connections * minutes, words)


def _logs(traffic: AnyApi) -> Iterator[Usage]:
    """What requests write to their log, where its size is stated."""
    logged = traffic.settings.logged
    if logged is not None:
        requests = _requests(traffic)
        words = f"{grouped(requests)} requests × {bytes_text(logged)}"
        yield Usage("logs_gb", VENDED_LOGS_INGESTION.name, requests * logged / GIB, words)


def check(traffic: AnyApi, _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """The timeout of integrations, and the payloads of requests and responses."""
    settings = traffic.settings
    websocket = isinstance(settings, ApiSettings) and settings.websocket
    yield from _timeout(traffic)
    for hop in traffic.inflows:
        most = WEBSOCKET_MESSAGE if websocket else PAYLOAD
        hint = "upload it to Amazon S3 with a presigned URL, and send its key"
        yield size_against(
            traffic, hop, int(most.value), hint, together=not websocket, about=one_flow(hop)
        )
        yield from _answer(traffic, hop, most)
    for hop in _pushes(traffic) if websocket else ():
        size = hop.handed.message_size_bytes
        load = f"messages of {bytes_text(size)} go to {hop.target}"
        hint = "send a presigned URL of Amazon S3 in their place"
        yield against(traffic, WEBSOCKET_MESSAGE, size, load, hint)


def _timeout(traffic: AnyApi) -> Iterator[Verdict]:
    longest, stated = traffic.settings.longest_timeout, traffic.settings.timeout_in_millis
    # A timeout as long as it may be leaves no less headroom than a short one.
    if stated is not None and stated > longest.value:
        hint = (
            "request a higher quota, which may lower the throttle rate"
            if longest.kind == "adjustable"
            else "answer at once and do the work behind a queue or a state machine"
        )
        found = against(traffic, longest, stated, f"is {grouped(stated)} ms", hint)
        yield replace(found, where=f"{traffic.name}.timeout_in_millis")


def _answer(traffic: AnyApi, hop: Hop, most: Limit) -> Iterator[Verdict]:
    size = hop.options.response_size
    if size is not None:
        load = f"answers to {hop.source} are {bytes_text(size)}"
        yield against(traffic, most, size, load, "answer with a presigned URL of Amazon S3")


def shared_check(apis: tuple[Traffic[ApiSettings], ...]) -> Iterator[Verdict]:
    """New connections of all WebSocket APIs of a region."""
    for region in sorted({api.region for api in apis}):
        together = [api for api in apis if api.region == region]
        total = sum((_new_connections(api) for api in together), ZERO)
        if total:
            load = f"all WebSocket APIs together take {grouped(total)} new connections/s on average"
            largest = max(together, key=_new_connections)
            yield against(largest, NEW_CONNECTIONS, total, load, "request a higher quota")


def _new_connections(api: Traffic[ApiSettings]) -> Fraction:
    """Connections that are opened in a second: those open ÷ how long one is (Little's law)."""
    duration = api.settings.connection_duration
    return (api.settings.connections or ZERO) / duration if duration else ZERO


def _rest_summary(settings: RestApiSettings) -> str:
    size = settings.cache_cluster_size
    return f"API Gateway REST, cache {size} GB" if size else "API Gateway REST"


def _summary(settings: ApiSettings) -> str:
    return "API Gateway WebSocket" if settings.websocket else "API Gateway HTTP"


def _detail(settings: RestApiSettings | ApiSettings) -> str:
    """How long an integration may take."""
    stated = "timeout_in_millis" in settings.model_fields_set
    seconds = settings.answer_seconds() if stated else None
    return f"timeout {time_text(seconds)}" if seconds else ""


def _promise(variant: str, delivery: str, most: str) -> Semantics:
    return Semantics(
        variant=variant,
        ordering="none",
        delivery=delivery,
        replay="no",
        retention=f"none: {most}",
        consumers="one integration per route",
        dead_letter="no",
        source="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"
        " (mirror c2hans/aws-docs@63cf41d)",
        as_of="2026-08-31",
    )


_REQUEST = "at most once; the caller retries"

REST_API = Service(
    type="apigateway.rest_api",
    resource_type="AWS::ApiGateway::RestApi",
    name="Amazon API Gateway",
    settings=RestApiSettings,
    icon=lambda _: "aws/network/api-gateway.png",
    summary=_rest_summary,
    detail=_detail,
    price_file="api_gateway",
    usage=rest_usage,
    check=check,
    meters=(
        Meter("rest_requests", "Requests", "Requests, REST"),
        *(
            Meter(_cache_meter(size), "Hours", f"Cache of {size} GB", "Recurring")
            for size in CACHE_SIZES
        ),
        VENDED_LOGS_INGESTION,
    ),
    usage_keys=("requests", "cache_hours", "logs_gb"),
    limits=(
        THROTTLE_RATE,
        THROTTLE_BURST,
        SHORTEST_TIMEOUT,
        REST_TIMEOUT,
        EDGE_TIMEOUT,
        PAYLOAD,
    ),
    semantics=(_promise("REST API", _REQUEST, "an answer within 29 s, unless raised"),),
    responds=True,
)

API = Service(
    type="apigatewayv2.api",
    resource_type="AWS::ApiGatewayV2::Api",
    name="Amazon API Gateway",
    settings=ApiSettings,
    icon=lambda _: "aws/network/api-gateway.png",
    summary=_summary,
    detail=_detail,
    price_file="api_gateway",
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("http_requests", "Requests", "Requests, HTTP"),
        Meter("websocket_messages", "Messages", "Messages, WebSocket"),
        Meter("websocket_connection_minutes", "Minutes", "Connections, WebSocket"),
        VENDED_LOGS_INGESTION,
    ),
    usage_keys=("requests", "messages", "connection_minutes", "logs_gb"),
    limits=(
        THROTTLE_RATE,
        THROTTLE_BURST,
        SHORTEST_TIMEOUT,
        HTTP_TIMEOUT,
        WEBSOCKET_TIMEOUT,
        PAYLOAD,
        WEBSOCKET_MESSAGE,
        CONNECTION_DURATION,
        NEW_CONNECTIONS,
    ),
    semantics=(
        _promise("HTTP API", _REQUEST, "an answer within 30 s"),
        _promise("WebSocket API", "at most once in either direction", "connections up to 2 hours"),
    ),
    responds=True,
)

SERVICES = {REST_API.type: REST_API, API.type: API}
