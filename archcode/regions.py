"""AWS regions by their codes; those without a price book are known by name only."""

PRICED = (
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
)
UNPRICED = ("cn-north-1", "cn-northwest-1", "eusc-de-east-1")
"""Regions that AWS runs in partitions of their own, whose prices are not in the book."""
REGIONS = (*PRICED, *UNPRICED)
WITHOUT_FREE_TIER = ("us-gov-east-1", "us-gov-west-1")
"""GovCloud: the price list has SNS's free quantities in every region but these two, and AWS's
account-wide free tiers (https://aws.amazon.com/free/) are taken to end there as well."""
