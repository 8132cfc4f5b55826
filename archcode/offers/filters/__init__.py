"""Each price file's place in AWS's list: one line for a file, one module for its filters."""

from archcode.offers.filters import (
    api_gateway,
    cloudwatch,
    data_transfer,
    dynamodb,
    ec2,
    elb,
    eventbridge,
    fargate,
    firehose,
    iot_core,
    kinesis,
    lambda_,
    mq,
    msk,
    redshift,
    s3,
    sns,
    sqs,
    step_functions,
)
from archcode.offers.refresh import Catalogue

CATALOGUES = {
    "api_gateway": Catalogue("AmazonApiGateway", api_gateway.MATCHES),
    "cloudwatch": Catalogue("AmazonCloudWatch", cloudwatch.MATCHES),
    "data_transfer": Catalogue("AWSDataTransfer", data_transfer.MATCHES),
    "dynamodb": Catalogue("AmazonDynamoDB", dynamodb.MATCHES),
    "ec2": Catalogue("AmazonEC2", ec2.MATCHES),
    "elb": Catalogue("AWSELB", elb.MATCHES),
    "eventbridge": Catalogue("AWSEvents", eventbridge.MATCHES),
    "fargate": Catalogue("AmazonECS", fargate.MATCHES),
    "firehose": Catalogue("AmazonKinesisFirehose", firehose.MATCHES),
    "iot_core": Catalogue("AWSIoT", iot_core.MATCHES),
    "kinesis": Catalogue("AmazonKinesis", kinesis.MATCHES),
    "kms": Catalogue("awskms"),
    "lambda": Catalogue("AWSLambda", lambda_.MATCHES),
    "mq": Catalogue("AmazonMQ", mq.MATCHES),
    "msk": Catalogue("AmazonMSK", msk.MATCHES),
    "redshift": Catalogue("AmazonRedshift", redshift.MATCHES),
    "s3": Catalogue("AmazonS3", s3.MATCHES),
    "sns": Catalogue("AmazonSNS", sns.MATCHES),
    "sqs": Catalogue("AWSQueueService", sqs.MATCHES),
    "step_functions": Catalogue("AmazonStates", step_functions.MATCHES),
}
"""Price files in alphabetical order."""
