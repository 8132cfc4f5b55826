"""Decks are what PowerPoint expects: Microsoft's Open XML SDK finds nothing wrong with them.

The SDK comes from npm: `npm install` in this folder, as `.ci/run` does. Without it the tests are
skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from deck.decorated import TEXTS, decorated, shop
from deck.made import made, together
from draw.conftest import EXAMPLES

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK
from archcode.render import pptx
from archcode.render.deck import Chapter, Page, Section, Table

FOLDER = Path(__file__).parent
HOSTILE = "<a:t>&amp;</a:t> ]]> \x00\x1b\u202e \ufffe _x0041_ שלום 注文 🎉 " + "long " * 400
pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules" / "@xarsh" / "ooxml-validator").is_dir()
    or not shutil.which("node"),
    reason="the Open XML SDK is not installed: run npm install in tests/peers",
)


def _hostile():
    """Long tables of text that means something to XML, after a drawing that is full of it."""
    drawn = EXAMPLES["hostile"]()
    table = Table((HOSTILE, "n"), ((HOSTILE, "$1"),) * 9, right=(1,), total=True)
    chapters = (Chapter(HOSTILE, (Section(HOSTILE, HOSTILE, table),)), Chapter("", ()))
    return pptx.render(lay_out(drawn), HOSTILE, _assets.icons(drawn), chapters, DARK)


def _drawn():
    every = [make() for make in EXAMPLES.values()]
    scenes = [Page(drawn.title, drawn.subtitle, lay_out(drawn)) for drawn in every]
    icons = {path: icon for drawn in every for path, icon in _assets.icons(drawn).items()}
    return pptx.pages(scenes, icons)


def _decorated():
    """Marks, links, a legend on the slide, and one that needs slides of its own."""
    long = tuple(f"{text}, and so on" * 4 for text in TEXTS) * 4
    return pptx.render(decorated(texts=long), "", _assets.icons(shop()), (), DARK)


def _pages():
    """Several drawings before the tables."""
    long = tuple(f"{text}, and so on" * 4 for text in TEXTS) * 4
    scenes = (decorated(texts=long), lay_out(EXAMPLES["hostile"]()), decorated(texts=TEXTS))
    chapters = (Chapter("Cost", (Section("", "a sentence"),)),)
    drawn = [Page(HOSTILE, HOSTILE, scene) for scene in scenes]
    return pptx.pages(drawn, _assets.icons(shop()), chapters)


DECKS = {name: lambda name=name: made(name).data for name in ("launch-forecast", "order-fanout")}
DECKS |= {"front-doors in the dark": lambda: made("front-doors", "dark").data}
# The SDK takes a second to start, so that of many decks one is made.
DECKS |= {"all examples": together, "all pictures": _drawn}
DECKS |= {"hostile tables": _hostile, "decorated": _decorated, "pages": _pages}


def _read(folder):
    files = map(str, sorted(folder.glob("*.pptx")))
    command = ["node", "read_pptx.mjs", *files]
    ended = subprocess.run(
        command, cwd=FOLDER, capture_output=True, text=True, timeout=300, check=True
    )
    found = map(json.loads, ended.stdout.splitlines())
    return {Path(line["file"]).stem: line for line in found}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What the SDK says of every deck, and of one that is wrong."""
    folder = tmp_path_factory.mktemp("decks")
    for name, make in DECKS.items():
        (folder / f"{name}.pptx").write_bytes(make())
    with ZipFile(folder / "order-fanout.pptx") as old, ZipFile(folder / "wrong.pptx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "ppt/slides/slide1.xml":
                # A dash after the joint, where the schema has it before.
                data = data.replace(b"<a:round/>", b'<a:round/><a:prstDash val="dash"/>', 1)
            new.writestr(name, data)
    return _read(folder)


@pytest.mark.parametrize("name", DECKS)
def test_nothing_is_wrong_with_a_deck(name, read):
    assert read[name]["errors"] == []
    assert read[name]["ok"]


def test_a_deck_with_a_mistake_is_found_out(read):
    (error,) = read["wrong"]["errors"]

    assert "prstDash" in error["description"]
