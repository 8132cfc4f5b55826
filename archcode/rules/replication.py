"""What MSK Replicator asks of the clusters at its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services.msk import MskSettings, ReplicatorSettings, ServerlessSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import ServiceSettings
    from archcode.traffic import Hop

LEAST_BROKERS = {2: 4, 3: 3}
"""By availability zones:
https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-supported-clusters-versions.html."""


def _sources(estimate: Estimate) -> Iterator[Hop]:
    """Flows into replicators."""
    hops = estimate.topology.hops
    return (hop for hop in hops if isinstance(hop.target_settings, ReplicatorSettings))


def _targets(estimate: Estimate) -> Iterator[Hop]:
    """Flows out of replicators."""
    hops = estimate.topology.hops
    return (hop for hop in hops if isinstance(hop.source_settings, ReplicatorSettings))


def _is_cluster(settings: ServiceSettings) -> bool:
    return isinstance(settings, MskSettings | ServerlessSettings)


def _express_behind(estimate: Estimate, replicator: str) -> bool:
    """Whether a replicator writes to Express brokers only."""
    targets = [h.target_settings for h in _targets(estimate) if h.source == replicator]
    return bool(targets) and all(isinstance(t, MskSettings) and t.express for t in targets)


@rule(
    Severity.ERROR,
    offending="copy: {type: msk.replicator}\nthere: {type: kinesis.stream}\n- copy -> there",
    clean="copy: {type: msk.replicator}\nthere: {type: msk.serverless_cluster}\n- copy -> there",
)
def replicator_without_cluster(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a replicator copies from MSK to MSK.

    From your own Kafka servers it copies only to Express brokers.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-supported-clusters-versions.html
    """
    name = "replicator_without_cluster"
    for hop in _sources(estimate):
        own = hop.source_type == "server" and _express_behind(estimate, hop.target)
        if not _is_cluster(hop.source_settings) and not own:
            message = f"{hop.target} is a replicator, and {hop.source} is no MSK cluster"
            hint = "let it copy from an msk.cluster or an msk.serverless_cluster"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)
    for hop in _targets(estimate):
        if not _is_cluster(hop.target_settings):
            message = f"{hop.source} is a replicator, and {hop.target} is no MSK cluster"
            hint = "let it copy to an msk.cluster or an msk.serverless_cluster"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "copy: {type: msk.replicator}\n"
        "- copy -> there\n"
        "west: {kind: region, region: us-west-2, contains: [there]}"
    ),
    clean=(
        "copy: {type: msk.replicator}\n"
        "- copy -> there\n"
        "west: {kind: region, region: us-west-2, contains: [copy, there]}"
    ),
)
def replicator_outside_target_region(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a replicator is made in its target's region, and pulls from the other.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-cross-region.html
    """
    for hop in _targets(estimate):
        if hop.way.other_region:
            message = (
                f"{hop.source} is in {hop.way.source_region}, and its target {hop.target} in"
                f" {hop.way.target_region}"
            )
            hint = f"put {hop.source} into the frame of {hop.way.target_region}"
            name = "replicator_outside_target_region"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "copy: {type: msk.replicator}\n"
        "- here -> copy\n"
        "- copy -> there\n"
        "theirs: {kind: account, contains: [there]}"
    ),
    clean=(
        "copy: {type: msk.replicator}\n"
        "- here -> copy\n"
        "- copy -> there\n"
        "theirs: {kind: account, contains: [here, copy, there]}"
    ),
)
def replicator_across_accounts(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a replicator copies between clusters of one account.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-supported-clusters-versions.html
    """
    for hop in (*_sources(estimate), *_targets(estimate)):
        if hop.way.other_account:
            message = f"{hop.source} and {hop.target} are in different accounts"
            hint = "copy within one account, or run MirrorMaker on MSK Connect"
            yield Finding("replicator_across_accounts", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "connectivity_info: {vpc_connectivity: {client_authentication: {tls: {enabled: true}}}}\n"
        "- here -> copy\n"
        "west: {kind: region, region: us-west-2, contains: [copy, there]}"
    ),
    clean=(
        "connectivity_info: {vpc_connectivity: {client_authentication: {sasl: {iam: {enabled:"
        " true}}}}}\n"
        "- here -> copy\n"
        "west: {kind: region, region: us-west-2, contains: [copy, there]}"
    ),
)
def replicator_without_private_connectivity(estimate: Estimate) -> Iterator[Finding]:
    """The replicator cannot connect: from another region it takes private connectivity with IAM.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-prepare-clusters.html
    """
    for hop in _sources(estimate):
        cluster = hop.source_settings
        if isinstance(cluster, MskSettings) and hop.way.other_region and not cluster.private_iam:
            message = (
                f"{hop.target} pulls from {hop.way.target_region}, and {hop.source} has no private"
                " connectivity with IAM"
            )
            hint = (
                "set broker_node_group_info.connectivity_info.vpc_connectivity"
                ".client_authentication.sasl.iam.enabled: true"
            )
            name = "replicator_without_private_connectivity"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "here: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.t3.small}}\n"
        "copy: {type: msk.replicator}\n"
        "- here -> copy"
    ),
    clean=(
        "here: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m5.large}}\n"
        "copy: {type: msk.replicator}\n"
        "- here -> copy"
    ),
)
def replicator_of_small_cluster(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a replicator refuses clusters of kafka.t3.small, or of too few brokers.

    It asks for three brokers at least, and for four where they stand in two zones.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-supported-clusters-versions.html
    """
    sources = ((hop, hop.source, hop.source_settings) for hop in _sources(estimate))
    targets = ((hop, hop.target, hop.target_settings) for hop in _targets(estimate))
    for hop, name, cluster in (*sources, *targets):
        if isinstance(cluster, MskSettings):
            brokers = estimate.capacity[name][0].provided
            least = LEAST_BROKERS[cluster.availability_zones]
            small = cluster.instance_type == "kafka.t3.small"
            if small or brokers < least:
                message = (
                    f"{name} has {brokers} brokers of {cluster.instance_type}; a replicator needs"
                    f" {least} in {cluster.availability_zones} zones, and none of kafka.t3.small"
                )
                hint = "take more or larger brokers"
                yield Finding(
                    "replicator_of_small_cluster", Severity.ERROR, hop.where, message, hint
                )


RULES = (
    replicator_across_accounts,
    replicator_of_small_cluster,
    replicator_outside_target_region,
    replicator_without_cluster,
    replicator_without_private_connectivity,
)
