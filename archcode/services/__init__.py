"""The registry: one line for each type, and the module that knows it.

A module is imported when its type is first met, so a spec pays only for the services it names.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archcode.services._service import AnyService

MODULES = {
    "amazonmq.broker": "amazonmq",
    "apigateway.rest_api": "apigateway",
    "apigatewayv2.api": "apigateway",
    "broker": "broker",
    "client": "outside",
    "device": "outside",
    "dynamodb.table": "dynamodb",
    "ec2.instance": "ec2",
    "ecs.service": "ecs",
    "elasticloadbalancingv2.load_balancer": "elbv2",
    "events.api_destination": "events_api_destination",
    "events.archive": "events_archive",
    "events.event_bus": "events",
    "events.rule": "events",
    "eventschemas.discoverer": "events_archive",
    "iot.thing_fleet": "iot_things",
    "iot.topic_rule": "iot_rules",
    "kafkaconnect.connector": "kafkaconnect",
    "kinesis.stream": "kinesis",
    "kinesisfirehose.delivery_stream": "firehose",
    "lambda.function": "lambda_",
    "msk.cluster": "msk",
    "msk.replicator": "msk",
    "msk.serverless_cluster": "msk",
    "opensearchservice.domain": "opensearch",
    "partner": "outside",
    "pipes.pipe": "pipes",
    "redshift.cluster": "redshift",
    "redshiftserverless.workgroup": "redshift",
    "s3.bucket": "s3",
    "scheduler.schedule": "scheduler",
    "server": "outside",
    "sns.topic": "sns",
    "splunk": "outside",
    "sqs.queue": "sqs",
    "stepfunctions.state_machine": "stepfunctions",
}
"""Types in alphabetical order, each with the module that registers it."""

FULL_NAMES = {
    "AWS::AmazonMQ::Broker": "amazonmq.broker",
    "AWS::ApiGateway::RestApi": "apigateway.rest_api",
    "AWS::ApiGatewayV2::Api": "apigatewayv2.api",
    "AWS::DynamoDB::Table": "dynamodb.table",
    "AWS::EC2::Instance": "ec2.instance",
    "AWS::ECS::Service": "ecs.service",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "elasticloadbalancingv2.load_balancer",
    "AWS::EventSchemas::Discoverer": "eventschemas.discoverer",
    "AWS::Events::ApiDestination": "events.api_destination",
    "AWS::Events::Archive": "events.archive",
    "AWS::Events::EventBus": "events.event_bus",
    "AWS::Events::Rule": "events.rule",
    "AWS::IoT::Thing": "iot.thing_fleet",
    "AWS::IoT::TopicRule": "iot.topic_rule",
    "AWS::KafkaConnect::Connector": "kafkaconnect.connector",
    "AWS::Kinesis::Stream": "kinesis.stream",
    "AWS::KinesisFirehose::DeliveryStream": "kinesisfirehose.delivery_stream",
    "AWS::Lambda::Function": "lambda.function",
    "AWS::MSK::Cluster": "msk.cluster",
    "AWS::MSK::Replicator": "msk.replicator",
    "AWS::MSK::ServerlessCluster": "msk.serverless_cluster",
    "AWS::OpenSearchService::Domain": "opensearchservice.domain",
    "AWS::Pipes::Pipe": "pipes.pipe",
    "AWS::Redshift::Cluster": "redshift.cluster",
    "AWS::RedshiftServerless::Workgroup": "redshiftserverless.workgroup",
    "AWS::S3::Bucket": "s3.bucket",
    "AWS::SNS::Topic": "sns.topic",
    "AWS::SQS::Queue": "sqs.queue",
    "AWS::Scheduler::Schedule": "scheduler.schedule",
    "AWS::StepFunctions::StateMachine": "stepfunctions.state_machine",
}
"""CloudFormation's names of the same types."""


def known_types() -> tuple[str, ...]:
    """The types a component may have, in alphabetical order."""
    return tuple(MODULES)


@cache
def lookup(kind: str) -> AnyService | None:
    """The service of a type, by its short or its CloudFormation name; None when unknown."""
    short = FULL_NAMES.get(kind, kind)
    if short not in MODULES:
        return None
    module = import_module(f"archcode.services.{MODULES[short]}")
    found: AnyService = module.SERVICES[short]
    return found


def find(kind: str) -> AnyService:
    """The service of a type that is known to exist."""
    service = lookup(kind)
    if service is None:
        raise KeyError(kind)
    return service
