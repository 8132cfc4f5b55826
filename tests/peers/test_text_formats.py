"""Mermaid and D2 files are read by the tools that they are made for.

The tools come from npm: `npm install` in this folder, as `.ci/run` does. Without them the tests
are skipped.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import PRICES

from archcode.draw.picture import Arrow, Box, Frame, Picture, Scale, Step
from archcode.estimate import price
from archcode.render import d2, mermaid, picture
from archcode.spec.parse import parse
from archcode.topology import propagate

FOLDER = Path(__file__).parent
SPECS = sorted((FOLDER.parents[1] / "specs").glob("*.yaml"))
LINK = "https://example.org/a?b=1;c&d=2#e;f"
HOSTILE = [
    '<script>alert("1")</script>',
    "`code` *bold* _it_ ~x~",
    "#1; #quot; &amp; %% %%{init}%%",
    "a --> b ==> c -.-> d |x| [y] (z) {w}",
    "${x} $$ |md *x* | \\n \\ end",
    "שלום عالم 注文 🎉",
    "end",
    "'single' \"double\"",
]
pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules").is_dir() or not shutil.which("node"),
    reason="Mermaid and D2 are not installed: run npm install in tests/peers",
)


@pytest.fixture(scope="module")
def drawn():
    """The pictures of all examples, and one full of text that means something to the tools."""
    found = {
        path.stem: picture.render(price(propagate(parse(path.read_text("utf-8"))), PRICES))
        for path in SPECS
    }
    boxes = tuple(Box(f"n{i}", text, (text,), text) for i, text in enumerate(HOSTILE))
    arrows = tuple(Arrow(f"n{i}", f"n{i}", text) for i, text in enumerate(HOSTILE))
    frames = tuple(Frame(f"f{i}", text, "lane", (f"n{i}",)) for i, text in enumerate(HOSTILE))
    hostile = Picture(HOSTILE[0], HOSTILE[3], boxes, arrows, frames)
    return found | {"hostile": hostile, "marked": _marked(hostile)}


def _marked(hostile):
    """The same with every mark and a legend, drawn downwards."""
    return replace(
        hostile,
        boxes=tuple(
            replace(box, badges=("fifo", "encrypted"), heat=n % 5 + 1, link=LINK, tooltip=tip)
            for n, (box, tip) in enumerate(zip(hostile.boxes, (LINK, *HOSTILE[1:]), strict=True))
        ),
        arrows=tuple(replace(arrow, step=n) for n, arrow in enumerate(hostile.arrows)),
        steps=tuple(Step(n, text) for n, text in enumerate(HOSTILE, 1)),
        scale=Scale(HOSTILE[0], tuple(HOSTILE[:5])),
        direction="TB",
    )


def _legend(shown):
    """How many shapes the legend has, and how many of them are frames."""
    levels = shown.scale.levels if shown.scale else ()
    return bool(shown.steps) + len(levels) + bool(shown.scale), bool(shown.scale)


@pytest.fixture(scope="module")
def read(drawn, tmp_path_factory):
    """What the tools make of every file."""
    folder = tmp_path_factory.mktemp("peers")
    for name, shown in drawn.items():
        (folder / f"{name}.mmd").write_text(mermaid.render(shown), "utf-8")
        (folder / f"{name}.d2").write_text(d2.render(shown), "utf-8")
    lines = [*_read("read_mermaid.mjs", folder, "mmd"), *_read("read_d2.mjs", folder, "d2")]
    return {Path(line["file"]).name: line for line in lines}


def _read(script, folder, ending):
    ended = subprocess.run(
        ["node", script, *map(str, sorted(folder.glob(f"*.{ending}")))],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]


NAMES = [*(path.stem for path in SPECS), "hostile", "marked"]


@pytest.mark.parametrize("name", NAMES)
def test_mermaid_reads_every_picture(name, drawn, read):
    found, shown = read[f"{name}.mmd"], drawn[name]

    assert "error" not in found
    assert found["type"] == "flowchart-v2"
    more, frames = _legend(shown)
    assert len(found["nodes"]) == len(shown.boxes) + len(shown.frames) + more  # styled as well
    assert (found["edges"], found["frames"]) == (len(shown.arrows), len(shown.frames) + frames)


@pytest.mark.parametrize("name", NAMES)
def test_d2_reads_every_picture(name, drawn, read):
    found, shown = read[f"{name}.d2"], drawn[name]

    assert "error" not in found
    more, _ = _legend(shown)
    assert len(found["nodes"]) == len(shown.boxes) + len(shown.frames) + 1 + more  # the title
    assert found["edges"] == len(shown.arrows)


def test_d2_shows_hostile_text_as_it_was_written(read):
    labels = {part for label in read["hostile.d2"]["nodes"] for part in label.split("\n")}

    assert set(HOSTILE) <= labels


@pytest.mark.parametrize("name", ["hostile", "marked"])
def test_mermaid_holds_no_element_of_the_authors(name, read):
    for text in read[f"{name}.mmd"]["nodes"]:
        assert not re.search(r"<(?!/?b>|br>)", text), text


def test_links_are_read_as_they_were_written(read):
    # "#e;" is a character to Mermaid, unless its semicolon is written as %3B
    assert set(read["marked.mmd"]["links"]) == {LINK}
    # D2 refuses a link beside a tooltip that looks like one
    assert read["marked.d2"]["links"].count(LINK) == len(HOSTILE) - 1


def test_numbers_are_read_before_their_words(read):
    assert set(read["marked.d2"]["labels"]) >= {"1. `code` *bold* _it_ ~x~", "6. end"}
