"""The shapes that draw.io has for our icons.

Names and sizes are those of
https://github.com/jgraph/drawio/blob/dev/src/main/webapp/js/diagramly/sidebar/Sidebar-AWS4.js,
colours those of AWS's categories. OpenSearch still has its former name there, and a rule of IoT
and one of EventBridge are `rule` and `rule_3`.
"""

from msgspec import Struct

from archcode.draw.picture import FrameKind

_APPLICATION, _COMPUTE, _STREAMS = "#E7157B", "#ED7100", "#8C4FFF"
_STORAGE, _DATABASE, _SECURITY = "#7AA116", "#C925D1", "#DD344C"
_SIDE = 78.0


class Shape(Struct, frozen=True):
    """A shape of draw.io; without a colour it has that of text.

    `wide` and `high` are the parts of the square that it fills.
    """

    name: str
    colour: str = ""
    tile: bool = False
    wide: float = 1.0
    high: float = 1.0

    def style(self, ink: str) -> dict[str, str]:
        """What draws it; a tile is a white sign on a square."""
        shown = {"fillColor": self.colour or ink}
        if self.tile:
            sign = {"resIcon": f"mxgraph.aws4.{self.name}", "strokeColor": "#ffffff"}
            return {"shape": "mxgraph.aws4.resourceIcon", **sign, **shown}
        return {"shape": f"mxgraph.aws4.{self.name}", "strokeColor": "none", **shown}


def _tile(name: str, colour: str) -> Shape:
    return Shape(name, colour, tile=True)


def _sign(name: str, colour: str = "", wide: float = _SIDE, high: float = _SIDE) -> Shape:
    return Shape(name, colour, wide=wide / _SIDE, high=high / _SIDE)


SHAPES: dict[str, Shape] = {
    "aws/analytics/amazon-opensearch-service.png": _tile("elasticsearch_service", _STREAMS),
    "aws/analytics/kinesis-data-firehose.png": _tile("kinesis_data_firehose", _STREAMS),
    "aws/analytics/kinesis-data-streams.png": _tile("kinesis_data_streams", _STREAMS),
    "aws/analytics/managed-streaming-for-kafka.png": _tile("managed_streaming_for_kafka", _STREAMS),
    "aws/analytics/redshift.png": _tile("redshift", _STREAMS),
    "aws/compute/ec2.png": _tile("ec2", _COMPUTE),
    "aws/compute/elastic-container-service.png": _tile("ecs", _COMPUTE),
    "aws/compute/fargate.png": _tile("fargate", _COMPUTE),
    "aws/compute/lambda.png": _tile("lambda", _COMPUTE),
    "aws/database/dynamodb.png": _tile("dynamodb", _DATABASE),
    "aws/general/internet-alt1.png": _sign("internet_alt1", high=48),
    "aws/general/mobile-client.png": _sign("mobile_client", wide=41),
    "aws/general/traditional-server.png": _sign("traditional_server", wide=45),
    "aws/general/users.png": _sign("users"),
    "aws/integration/event-resource.png": _sign("event_resource", _APPLICATION),
    "aws/integration/eventbridge-event.png": _sign("event", _APPLICATION),
    "aws/integration/eventbridge-pipes.png": _sign("eventbridge_pipes", _APPLICATION),
    "aws/integration/eventbridge-rule.png": _sign("rule_3", _APPLICATION, high=68),
    "aws/integration/eventbridge-scheduler.png": _sign("eventbridge_scheduler", _APPLICATION),
    "aws/integration/eventbridge-schema.png": _sign("eventbridge_schema", _APPLICATION),
    "aws/integration/eventbridge.png": _tile("eventbridge", _APPLICATION),
    "aws/integration/mq.png": _tile("mq", _APPLICATION),
    "aws/integration/simple-notification-service-sns.png": _tile("sns", _APPLICATION),
    "aws/integration/simple-queue-service-sqs.png": _tile("sqs", _APPLICATION),
    "aws/integration/step-functions.png": _tile("step_functions", _APPLICATION),
    "aws/iot/iot-core.png": _tile("iot_core", _STORAGE),
    "aws/iot/iot-rule.png": _sign("rule", _STORAGE, wide=46),
    "aws/network/api-gateway.png": _tile("api_gateway", _STREAMS),
    "aws/network/elb-application-load-balancer.png": _sign("application_load_balancer", _STREAMS),
    "aws/network/elb-network-load-balancer.png": _sign("network_load_balancer", _STREAMS),
    "aws/security/key-management-service.png": _tile("key_management_service", _SECURITY),
    "aws/storage/simple-storage-service-s3.png": _tile("s3", _STORAGE),
}
"""Shapes by the path of our icon."""

GROUPS: dict[FrameKind, str] = {
    "cloud": "group_aws_cloud_alt",
    "account": "group_account",
    "region": "group_region",
    "vpc": "group_vpc2",
}
"""The sign in the corner of a frame; a lane has none."""
