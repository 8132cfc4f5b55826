"""What the thumbnails of pictures tell apart: wrong pictures, and not other libraries."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from golden import looks
from golden.made import priced
from msgspec.structs import replace

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT
from archcode.render import pdf, picture, png

if TYPE_CHECKING:
    from archcode.draw.scene import Scene

FOLDER = Path(__file__).parent
SPEC = FOLDER.parents[1] / "specs" / "choreographed-saga.yaml"
"""The one whose labels are the faintest in a thumbnail."""


@pytest.fixture(scope="module")
def drawn():
    """The picture of a spec, laid out."""
    return lay_out(picture.render(priced(SPEC)[0]))


@pytest.fixture(scope="module")
def icons():
    return _assets.icons(picture.render(priced(SPEC)[0]), 4)


@pytest.fixture(scope="module")
def thumbnail(drawn, icons):
    return looks.kept(png.render(page(drawn, icons)))


def page(scene: Scene, icons, theme=LIGHT) -> bytes:
    return pdf.render(scene, icons, _assets.fonts(), theme)


def apart(scene: Scene, icons, thumbnail: bytes, theme=LIGHT) -> int:
    return looks.apart(png.render(page(scene, icons, theme)), thumbnail)


def moved(scene: Scene, points: float) -> Scene:
    """The same with its first icon a little to the right."""
    first, *others = scene.cells
    there = replace(first.picture, x=first.picture.x + points)
    return replace(scene, cells=(replace(first, picture=there), *others))


def test_the_picture_itself_is_well_within(drawn, icons, thumbnail):
    assert apart(drawn, icons, thumbnail) <= looks.STEP // 2


def test_an_icon_that_moved_shows(drawn, icons, thumbnail):
    assert apart(moved(drawn, 2), icons, thumbnail) > looks.TOLERANCE


def test_an_icon_that_is_another_shows(drawn, icons, thumbnail):
    one, other = sorted(icons)[:2]

    assert apart(drawn, {**icons, one: icons[other]}, thumbnail) > looks.TOLERANCE


def test_any_label_that_is_missing_shows(drawn, icons, thumbnail):
    told = [label for label in drawn.labels if label.lines]
    assert len(told) > 5

    for label in told:
        rest = tuple(other for other in drawn.labels if other is not label)
        assert apart(replace(drawn, labels=rest), icons, thumbnail) > looks.TOLERANCE, label


def test_any_arrow_that_is_missing_shows(drawn, icons, thumbnail):
    """One of its own, that is: under a trunk that others share nothing is missing but the end."""
    for route in drawn.routes[:4]:
        rest = tuple(other for other in drawn.routes if other is not route)
        assert apart(replace(drawn, routes=rest), icons, thumbnail) > looks.TOLERANCE, route


def test_another_theme_shows(drawn, icons, thumbnail):
    assert apart(drawn, icons, thumbnail, DARK) > looks.TOLERANCE


def test_another_height_is_another_picture(drawn, icons, thumbnail):
    taller = replace(drawn, height=drawn.height + 20)

    assert apart(taller, icons, thumbnail) == 255


def test_another_smoothing_is_within(drawn, icons, thumbnail):
    """Text smoothed for one colour of a screen's pixels at a time: no build differs so much."""
    image = pypdfium2.PdfDocument(page(drawn, icons))[0].render(scale=2, optimize_mode="lcd")
    other = BytesIO()
    image.to_pil().save(other, "PNG", compress_level=1)

    assert other.getvalue() != png.render(page(drawn, icons))
    assert 0 < looks.apart(other.getvalue(), thumbnail) <= looks.TOLERANCE


def test_a_thumbnail_says_how_large_the_picture_was(drawn, icons, thumbnail):
    assert looks.size(thumbnail) == looks.size(png.render(page(drawn, icons)))
    assert looks.size(thumbnail) != looks.size(png.render(page(drawn, icons), 1))
