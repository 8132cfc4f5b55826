"""`archcode render --focus`."""

from __future__ import annotations

import re
from pathlib import Path

SPEC = str(Path(__file__).parents[2] / "specs" / "order-fanout.yaml")


def test_draws_what_is_near_one_component(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", str(tmp_path), "-f", "svg", "--focus", "billing")
    drawing = (tmp_path / "order-fanout-billing.svg").read_text("utf-8")

    assert ended.code == 0
    assert "<title>billing to bill: batch 10; step 4; " in drawing
    assert re.search(r">us-east-1\. 4 of 13 components, \$[\d,.]+ of \$[\d,.]+ a month, ", drawing)
    assert "shipping" not in drawing


def test_reaches_as_far_as_it_is_told(archcode, tmp_path):
    archcode("render", SPEC, "-o", str(tmp_path), "-f", "svg", "--focus", "billing", "--hops", "2")

    assert "7 of 13 components" in (tmp_path / "order-fanout-billing.svg").read_text("utf-8")


def test_an_unknown_component_is_wrong_usage(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", str(tmp_path), "--focus", "biling")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == 'archcode: --focus: "biling" is no component; did you mean billing?\n'
