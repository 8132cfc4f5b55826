"""Light and dark pages: what is read has contrast, and only colours change."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from draw.contrast import contrast, luminance

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT, THEMES
from archcode.draw.picture import Box, Picture
from archcode.render import dot, pdf, svg


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def _grounds(theme):
    return {theme.page, *(theme.behind(kind) for kind in theme.frames)}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_can_be_read(theme):
    for ground in _grounds(theme):
        for role, colour in theme.ink.items():
            if role not in ("badge", "step"):
                assert contrast(colour, ground) >= 4.5, (role, ground)
    for kind, look in theme.frames.items():
        for ground in (theme.page, theme.behind(kind)):
            assert contrast(look.text, ground) >= 4.5, kind
    assert contrast(theme.ink["badge"], theme.badge.fill) >= 4.5
    for mark in ("step", "fifo", "encrypted"):
        assert contrast(theme.ink["step"], theme.marks[mark].fill) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_heat_can_be_told_without_colour(theme):
    levels = [luminance(theme.marks[f"heat-{level}"].fill) for level in range(1, 6)]
    page = luminance(theme.page)

    assert sorted(levels, key=lambda level: abs(level - page)) == levels
    assert all(abs(one - two) > 0.01 for one, two in pairwise(levels))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_lines_can_be_seen(theme):
    """https://www.w3.org/TR/WCAG22/#non-text-contrast asks for 3 to 1."""
    for ground in _grounds(theme):
        for kind, colour in theme.arrows.items():
            assert contrast(colour, ground) >= 3, kind
    for kind, look in theme.frames.items():
        # The dotted line of a region has AWS's colour, and its title is darker.
        if kind != "region":
            assert contrast(look.box.colour, theme.page) >= 2.9, kind


def test_only_colours_change(examples):
    drawn = examples["lanes"]
    scene, icons, fonts = lay_out(drawn), _assets.icons(drawn), _assets.web_fonts()
    light = svg.render(scene, icons, fonts)
    dark = svg.render(scene, icons, fonts, DARK)
    plates = re.compile(r'<rect [^>]*rx="8" fill="#F4F6F9" stroke="none" stroke-width="0"/>')

    assert light == svg.render(scene, icons, fonts, LIGHT)
    assert light != dark
    assert _without_colours(plates.sub("", dark)) == _without_colours(light)


def _without_colours(text):
    return re.sub(r"#[0-9A-F]{6}\b", "#", text)


def test_icons_made_of_dark_lines_have_a_plate_on_dark_pages():
    icons = ("aws/general/users.png", "aws/compute/lambda.png", "onprem/monitoring/splunk.png")
    drawn = Picture("P", boxes=tuple(Box(icon, icon, icon=icon) for icon in icons))
    scene, icons, fonts = lay_out(drawn), _assets.icons(drawn), _assets.web_fonts()

    assert svg.render(scene, icons, fonts, DARK).count('rx="8" fill="#F4F6F9"') == 2
    assert DARK.under("aws/compute/lambda.png") is None
    assert DARK.under("onprem/monitoring/splunk.png") is not None
    assert LIGHT.under("aws/general/users.png") is None


def test_every_format_has_its_dark_page(examples):
    drawn = examples["lanes"]
    scene, icons = lay_out(drawn), _assets.icons(drawn)
    page = pdf.render(scene, icons, _assets.fonts(), DARK)

    assert page == pdf.render(scene, icons, _assets.fonts(), DARK)
    assert page != pdf.render(scene, icons, _assets.fonts())
    assert f'bgcolor="{DARK.page}"' in dot.render(drawn, DARK)
    assert "bgcolor" not in dot.render(drawn)
