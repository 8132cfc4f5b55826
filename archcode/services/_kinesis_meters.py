"""What AWS meters on a data stream: https://aws.amazon.com/kinesis/data-streams/pricing/."""

from __future__ import annotations

from archcode.model import Meter


def _on_demand_meters(mode: str, words: str) -> tuple[Meter, ...]:
    return (
        Meter(f"{mode}_data_ingested", "GB", f"Data ingested, {words}"),
        Meter(f"{mode}_data_retrieval", "GB", f"Data retrieved, {words}"),
        Meter(f"{mode}_efo_data_retrieval", "GB", f"Enhanced fan-out data, {words}"),
        Meter(
            f"{mode}_extended_retention_24h_to_7d",
            "GB-Months",
            f"Extended retention, {words}",
        ),
        Meter(f"{mode}_long_term_retention_7d_plus", "GB-Months", f"Long-term retention, {words}"),
    )


METERS = (
    Meter("provisioned_shard_hour", "Shard-Hours", "Shards", "Recurring"),
    Meter("provisioned_put_payload_unit_25kb", "25 KB Payload Units", "PUT payload units"),
    Meter(
        "provisioned_extended_retention_shard_hour_24h_to_7d",
        "Shard-Hours",
        "Extended retention",
        "Recurring",
    ),
    Meter("provisioned_long_term_retention_storage_7d_plus", "GB-Months", "Long-term retention"),
    Meter("provisioned_long_term_retention_retrieval", "GB", "Long-term retrieval"),
    Meter(
        "provisioned_efo_consumer_shard_hour",
        "Consumer-Shard-Hours",
        "Enhanced fan-out consumers",
        "Recurring",
    ),
    Meter("provisioned_efo_data_retrieval", "GB", "Enhanced fan-out data"),
    Meter("ondemand_standard_stream_hour", "Stream-Hours", "On-demand stream", "Recurring"),
    *_on_demand_meters("ondemand_standard", "on-demand"),
    *_on_demand_meters("ondemand_advantage", "on-demand advantage"),
    Meter(
        "ondemand_advantage_data_ingestion_shortfall",
        "GB",
        "Ingestion below the committed 25 MB/s",
    ),
    Meter(
        "ondemand_advantage_data_retrieval_shortfall",
        "GB",
        "Retrieval below the committed 25 MB/s",
    ),
)
"""Provisioned, on-demand standard and on-demand advantage."""
