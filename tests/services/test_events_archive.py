"""Archives and schema discovery, us-east-1: $0.10 a GB archived, $0.023 a GB-month.

https://aws.amazon.com/eventbridge/pricing/: replays are custom events, $1.00 per million; schema
discovery is $0.10 per million chunks of 8 KB.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import SECONDS, cost, priced, quantity, rules, topology

from archcode.errors import SpecError

BUS = "c: {type: client}\nb: {type: events.event_bus}\n"


def archive(settings: str, more: str = "", share: str = "") -> tuple[str, str]:
    flows = f"- c -> b: {{rate: 1024/s, size: 1 KB}}\n- b -> a{share}\n{more}"
    return BUS + f"a: {{type: events.archive{settings}}}", flows


class TestArchive:
    def test_pays_for_what_comes_in_and_what_it_keeps(self):
        result = priced(*archive(", retention_days: 30"))

        # 1,024/s x 1,024 B = 1 MB/s; x 2,628,000 s = 2,566.40625 GB x $0.10 = $256.640625
        assert quantity(result, "a", "Archive processing") == Decimal("2566.40625")
        assert cost(result, "a", "Archive processing") == Decimal("256.640625")
        # 1 MB/s x 30 d x 86,400 s = 2,531.25 GB, all month x $0.023 = $58.21875
        assert cost(result, "a", "Archive storage") == Decimal("58.21875")

    def test_a_filter_thins_what_it_takes(self):
        result = priced(*archive(", retention_days: 30", share=": {filter: 25%}"))

        assert cost(result, "a", "Archive processing") == Decimal("64.16015625")

    def test_without_end_it_holds_what_the_author_says(self):
        assert cost(priced(*archive(", stored: 500 GB")), "a", "Archive storage") == Decimal("11.5")

    def test_without_end_and_word_its_storage_is_unknown(self):
        result = priced(*archive(""))
        (charge,) = [c for c in result.of("a") if c.list_cost is None]

        assert charge.charge_description == (
            "Archive storage (unknown: depends on how much the archive holds"
            " (set retention_days or stored))"
        )

    def test_what_is_stored_follows_from_the_retention(self):
        with pytest.raises(SpecError) as raised:
            topology("a: {type: events.archive, retention_days: 1, stored: 1 GB}")
        assert [f.rule for f in raised.value.findings] == ["stored_with_retention"]

    def test_a_customers_key_is_unknown_not_zero(self):
        result = priced(*archive(", retention_days: 30, kms_key_identifier: k"))

        assert [c.list_cost for c in result.of("a")].count(None) == 1

    def test_a_replay_is_charged_and_delivered_but_not_archived_again(self):
        components, flows = archive(
            ", retention_days: 30",
            "- a -> b: {rate: 10/s, size: 1 KB}\n- b -> q",
            share=": {filter: 25%}",
        )
        result = priced(components + "\nq: {type: sqs.queue}", flows)

        # 1,034 events/s pass the bus, a quarter of 1,024 of them is archived
        assert quantity(result, "b", "Events, custom") == 1034 * SECONDS
        assert quantity(result, "q", "Requests") == 1034 * SECONDS
        assert cost(result, "a", "Archive processing") == Decimal("64.16015625")
        formula = result.of("a")[0].formula
        assert formula.startswith("672,768,000 events without replays × 1 KB = 641.601562 GB")

    def test_a_replay_is_charged_by_64_kb(self):
        result = priced(*archive(", retention_days: 1", "- a -> b: {rate: 1/s, size: 65 KB}"))

        assert quantity(result, "b", "Events, custom") == (1024 + 2) * SECONDS

    @pytest.mark.parametrize(("flow", "wrong"), [(": {rate: 1/s, size: 1 KB}", False), ("", True)])
    def test_a_replay_states_its_rate(self, flow, wrong):
        names = rules(*archive(", retention_days: 1", f"- a -> b{flow}"))

        assert ("replay_without_rate" in names) is wrong

    def test_belongs_to_one_bus(self):
        names = rules(
            BUS + "d: {type: events.event_bus}\na: {type: events.archive, retention_days: 1}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- c -> d: {rate: 1/s, size: 1 KB}\n"
            "- b -> a\n- d -> a",
        )

        assert names == ["several_event_buses"]

    @pytest.mark.parametrize(("number", "wrong"), [(10, False), (11, True)])
    def test_replays_at_a_time(self, number, wrong):
        components, flows = BUS, "- c -> b: {rate: 1/s, size: 1 KB}\n"
        for place in range(number):
            components += f"a{place}: {{type: events.archive, retention_days: 1}}\n"
            flows += f"- b -> a{place}\n- a{place} -> b: {{rate: 1/day, size: 1 KB}}\n"

        assert ("concurrent_replays_exceeded" in rules(components, flows)) is wrong


class TestDiscoverer:
    @pytest.mark.parametrize(
        ("size", "chunks"), [("1 KB", 1), ("8 KB", 1), ("8193 B", 2), ("64 KB", 8)]
    )
    def test_each_8_kb_of_an_event_is_one(self, size, chunks):
        result = priced(
            BUS + "d: {type: eventschemas.discoverer}",
            f"- c -> b: {{rate: 10/s, size: {size}}}\n- b -> d: {{filter: 50%}}",
        )

        # 5/s x 2,628,000 s = 13,140,000 events x $0.0000001 = $1.314 for each chunk
        assert quantity(result, "d", "Schema discovery") == 13_140_000 * chunks
        assert cost(result, "d") == Decimal("1.314") * chunks

    def test_belongs_to_one_bus(self):
        names = rules(
            BUS + "o: {type: events.event_bus}\nd: {type: eventschemas.discoverer}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- c -> o: {rate: 1/s, size: 1 KB}\n"
            "- b -> d\n- o -> d",
        )

        assert "several_event_buses" in names
