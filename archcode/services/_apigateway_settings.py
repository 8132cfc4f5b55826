"""What an author may say of REST, HTTP and WebSocket APIs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self

from archcode.fields import (
    Bytes,
    Count,
    Milliseconds,
    Properties,
    Seconds,
    Settings,
    refuse,
    refuse_without,
)
from archcode.services._apigateway_limits import (
    CONNECTION_DURATION,
    EDGE_TIMEOUT,
    HTTP_TIMEOUT,
    REST_TIMEOUT,
    SHORTEST_TIMEOUT,
    WEBSOCKET_TIMEOUT,
)
from archcode.shape import Field, model_validator

if TYPE_CHECKING:
    from archcode.model import Limit

Timeout = Annotated[Milliseconds, Field(ge=int(SHORTEST_TIMEOUT.value))]
LOGGED = "Mean size of what one request writes to its access log, such as 500 B."


class EndpointConfiguration(Properties):
    """How a REST API is reached: through edge locations, in its region, or from a VPC only."""

    types: tuple[Literal["EDGE", "REGIONAL", "PRIVATE"], ...] = Field(
        ("EDGE",), min_length=1, max_length=1
    )


class RestApiSettings(Settings):
    """Properties of AWS::ApiGateway::RestApi, its stage and its integrations."""

    endpoint_configuration: EndpointConfiguration = EndpointConfiguration()
    cache_cluster_enabled: bool = False
    cache_cluster_size: (
        Literal["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"] | None
    ) = Field(None, description="GB of the stage's cache; say filter where it answers for others.")
    timeout_in_millis: Timeout = int(REST_TIMEOUT.value)
    logged: Bytes | None = Field(None, description=LOGGED)

    @model_validator(mode="after")
    def _a_cache_is_enabled_and_has_a_size(self) -> Self:
        names = ("cache_cluster_size",)
        refuse_without(self, "cache_cluster_enabled", names, "cache_size_without_cache")
        if self.cache_cluster_enabled and self.cache_cluster_size is None:
            text = 'sets cache_cluster_enabled, which needs a cache_cluster_size such as "0.5"'
            refuse("cache_without_size", text)
        return self

    def answer_seconds(self) -> Fraction | None:
        """The timeout of an integration."""
        return Fraction(self.timeout_in_millis, 1000)

    @property
    def longest_timeout(self) -> Limit:
        """The limit of an integration's timeout."""
        return EDGE_TIMEOUT if self.endpoint_configuration.types == ("EDGE",) else REST_TIMEOUT


class ApiSettings(Settings):
    """Properties of AWS::ApiGatewayV2::Api and its integrations."""

    protocol_type: Literal["HTTP", "WEBSOCKET"]
    timeout_in_millis: Timeout | None = Field(
        None, description="30 s for an HTTP API, 29 s for a WebSocket API by default."
    )
    connections: Count | None = Field(
        None, description="WebSocket connections that are open at a time, on average."
    )
    connection_duration: (
        Annotated[Seconds, Field(ge=1, le=int(CONNECTION_DURATION.value))] | None
    ) = Field(None, description="Mean time a WebSocket connection is open, such as 20 min.")
    logged: Bytes | None = Field(None, description=LOGGED)

    @model_validator(mode="after")
    def _connections_are_those_of_a_websocket_api(self) -> Self:
        for name in ("connections", "connection_duration"):
            if not self.websocket and getattr(self, name) is not None:
                text = f"sets {name}, which needs protocol_type: WEBSOCKET"
                refuse("connections_of_http_api", text)
        return self

    def must_answer(self) -> bool:
        """A route of a WebSocket API may be one-way."""
        return not self.websocket

    def answer_seconds(self) -> Fraction | None:
        """The timeout of an integration."""
        return Fraction(self.timeout_in_millis or int(self.longest_timeout.value), 1000)

    @property
    def websocket(self) -> bool:
        """Whether clients stay connected."""
        return self.protocol_type == "WEBSOCKET"

    @property
    def longest_timeout(self) -> Limit:
        """The limit of an integration's timeout."""
        return WEBSOCKET_TIMEOUT if self.websocket else HTTP_TIMEOUT
