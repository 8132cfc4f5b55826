"""`archcode render --heat`."""

from __future__ import annotations

from pathlib import Path

import pytest

from archcode.draw.look import DARK, LIGHT

# order-intake: 674.52 of 674.52 + 459.90 + 176.62 + 160.82 + 441.54 + 110.48 + 180.81 + 166.95.
SPEC = str(Path(__file__).parents[2] / "specs" / "order-fanout.yaml")


@pytest.mark.parametrize(
    ("heat", "heading", "words"),
    [
        ("cost", "Share of monthly cost", "28% of cost"),
        ("headroom", "Headroom of the binding limit at the peak", "% headroom"),
    ],
)
def test_colours_components_and_says_what_colours_mean(archcode, tmp_path, heat, heading, words):
    ended = archcode(
        "render", SPEC, "-o", str(tmp_path), "-f", "svg", "--theme", "light,dark", "--heat", heat
    )
    light, dark = ((tmp_path / f"order-fanout{x}.svg").read_text("utf-8") for x in ("", "-dark"))

    assert ended.code == 0
    for theme, drawing in ((LIGHT, light), (DARK, dark)):
        assert heading in drawing
        assert words in drawing
        assert f'fill="{theme.marks["heat-1"].fill}"' in drawing


def test_without_heat_nothing_is_coloured(archcode, tmp_path):
    archcode("render", SPEC, "-o", str(tmp_path), "-f", "svg")
    drawing = (tmp_path / "order-fanout.svg").read_text("utf-8")

    assert LIGHT.marks["heat-1"].fill not in drawing
    assert "of cost" not in drawing


def test_an_unknown_heat_is_wrong_usage(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", str(tmp_path), "--heat", "costs")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == 'archcode: --heat: "costs" is no heat; known: cost, headroom\n'
