"""docs/gallery: every example as it is drawn, on light pages and on dark ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import PRICES

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import THEMES
from archcode.estimate import price
from archcode.render import picture, svg
from archcode.spec.parse import parse
from archcode.topology import propagate

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery"
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
HEAD = """\
# Gallery

Every example of [specs](../../specs), as
`archcode render specs/ -o docs/gallery -f svg --theme light,dark` draws it.
"""


def _file(spec: Path, theme: str) -> Path:
    return GALLERY / f"{spec.stem}{'' if theme == 'light' else '-dark'}.svg"


def page() -> str:
    """A heading and both pictures of each example."""
    parts = [HEAD]
    for spec in SPECS:
        text = spec.read_text("utf-8")
        title = re.findall(r"^title: (.*)$", text, re.MULTILINE)[0]
        words = re.findall(r"^# (.*)$", text, re.MULTILINE)
        sentence = next(line for line in words if not line.startswith("yaml-language-server"))
        light, dark = (_file(spec, theme).name for theme in THEMES)
        parts.append(
            f"## {title}\n\n{sentence}\n\n[{spec.name}](../../specs/{spec.name})\n\n"
            f"| light | dark |\n|---|---|\n| ![{title}]({light}) | ![{title}, dark]({dark}) |\n"
        )
    return "\n".join(parts)


def test_the_page_shows_every_example(update):
    if update:
        GALLERY.mkdir(exist_ok=True)
        (GALLERY / "README.md").write_text(page(), "utf-8")

    assert (GALLERY / "README.md").read_text("utf-8") == page()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_pictures_are_as_they_are_drawn(spec, update):
    drawn = picture.render(price(propagate(parse(spec.read_text("utf-8"))), PRICES))
    scene, icons, fonts = lay_out(drawn), _assets.icons(drawn), _assets.web_fonts()
    for name, theme in THEMES.items():
        drawing, file = svg.render(scene, icons, fonts, theme), _file(spec, name)
        if update:
            file.write_text(drawing, "utf-8")

        assert file.read_text("utf-8") == drawing


def test_no_picture_is_left_over():
    wanted = {_file(spec, theme).name for spec in SPECS for theme in THEMES}

    assert {path.name for path in GALLERY.iterdir()} == wanted | {"README.md"}
