"""AmazonApiGateway: calls of REST and HTTP APIs, messages and minutes of WebSocket ones."""

from archcode.offers.match import Match

_REST, _HTTP, _SOCKET = "ApiGatewayRequest", "ApiGatewayHttpApi", "ApiGatewayWebSocket"

MATCHES = (
    Match("rest_requests", "ApiGatewayRequest", {"family": "API Calls", "operation": _REST}),
    Match("http_requests", "ApiGatewayHttpRequest", {"family": "API Calls", "operation": _HTTP}),
    Match("websocket_messages", "ApiGatewayMessage", {"operation": _SOCKET}),
    Match("websocket_connection_minutes", "ApiGatewayMinute", {"operation": _SOCKET}),
    Match("rest_cache_{cachememorysizegb}gb_hour", where={"family": "Amazon API Gateway Cache"}),
)
