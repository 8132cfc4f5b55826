"""What may be said of the keys of a stream and of Kafka's topics."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import priced, topology

from archcode.errors import SpecError

KEYED = {
    "kinesis": "{{type: kinesis.stream{}}}",
    "msk": (
        "{{type: msk.cluster, broker_node_group_info: {{instance_type: express.m7g.large}}{}}}"
    ),
    "serverless": "{{type: msk.serverless_cluster{}}}",
}
of_each = pytest.mark.parametrize("box", KEYED.values(), ids=KEYED)


def parts(box: str, more: str) -> tuple[str, str]:
    components = f"c: {{type: client}}\nk: {box.format(more)}\ns: {{type: server}}"
    return components, "- c -> k: {rate: 100/s, size: 1 KB}\n- k -> s"


@of_each
class TestKeys:
    @pytest.mark.parametrize(
        ("more", "share", "words"),
        [
            ("", None, ""),
            (", partition_keys: 1", Fraction(1), "all records have one key"),
            (", partition_keys: 8", Fraction(1, 8), "each of 8 keys has 12.5% of the records"),
            (
                ", hottest_key_share: 7%",
                Fraction(7, 100),
                "the busiest key has 7% of the records",
            ),
            (
                ", partition_keys: 10, hottest_key_share: 10%",
                Fraction(1, 10),
                "the busiest key has 10% of the records",
            ),
        ],
    )
    def test_the_busiest(self, box, more, share, words):
        settings = topology(*parts(box, more)).traffic["k"].settings

        assert settings.busiest_key == share
        assert share is None or settings.busiest_key_text == words

    def test_the_busiest_has_no_less_than_an_even_part(self, box):
        with pytest.raises(SpecError) as failed:
            topology(*parts(box, ", partition_keys: 10, hottest_key_share: 9.99%"))

        (problem,) = failed.value.findings
        assert problem.rule == "hottest_key_below_even_share"
        assert problem.message == (
            "has a hottest_key_share of 9.99%, below the 10% that each of 10 partition_keys has on"
            " average"
        )

    @pytest.mark.parametrize(
        ("more", "rule"),
        [(", partition_keys: 0", "out_of_range"), (", hottest_key_share: 0%", "zero_quantity")],
    )
    def test_is_above_zero(self, box, more, rule):
        with pytest.raises(SpecError) as failed:
            topology(*parts(box, more))

        assert [problem.rule for problem in failed.value.findings] == [rule]

    def test_costs_nothing(self, box):
        keyed = priced(*parts(box, ", partition_keys: 100, hottest_key_share: 5%"))

        assert keyed.list_cost == priced(*parts(box, "")).list_cost
