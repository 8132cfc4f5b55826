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
    "client": "outside",
    "device": "outside",
    "kinesis.stream": "kinesis",
    "kinesisfirehose.delivery_stream": "firehose",
    "lambda.function": "lambda_",
    "msk.cluster": "msk",
    "opensearchservice.domain": "opensearch",
    "partner": "outside",
    "redshift.cluster": "redshift",
    "redshiftserverless.workgroup": "redshift",
    "s3.bucket": "s3",
    "server": "outside",
    "sns.topic": "sns",
    "splunk": "outside",
    "sqs.queue": "sqs",
}
"""Types in alphabetical order, each with the module that registers it."""

FULL_NAMES = {
    "AWS::AmazonMQ::Broker": "amazonmq.broker",
    "AWS::Kinesis::Stream": "kinesis.stream",
    "AWS::KinesisFirehose::DeliveryStream": "kinesisfirehose.delivery_stream",
    "AWS::Lambda::Function": "lambda.function",
    "AWS::MSK::Cluster": "msk.cluster",
    "AWS::OpenSearchService::Domain": "opensearchservice.domain",
    "AWS::Redshift::Cluster": "redshift.cluster",
    "AWS::RedshiftServerless::Workgroup": "redshiftserverless.workgroup",
    "AWS::S3::Bucket": "s3.bucket",
    "AWS::SNS::Topic": "sns.topic",
    "AWS::SQS::Queue": "sqs.queue",
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
