"""AWSDataTransfer: to the internet, between zones, between regions."""

from archcode.offers.match import Match

MATCHES = (
    Match(
        "internet_out",
        "DataTransfer-Out-Bytes",
        {"transfertype": "AWS Outbound", "tolocation": "External"},
    ),
    Match(
        "inter_az_each_direction",
        "DataTransfer-Regional-Bytes",
        {"transfertype": "IntraRegion"},
    ),
    Match(
        "inter_region_out_to_{toregioncode}",
        r"[A-Z]{2,4}\d?-AWS-Out-Bytes",
        {"transfertype": "InterRegion Outbound", "tolocationtype": "AWS Region"},
    ),
)
