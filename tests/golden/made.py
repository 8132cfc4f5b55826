"""Everything that archcode makes of a spec, as bytes; also as a program, for another process.

`python -m golden.made SPEC...` prints a JSON object: spec name, file name, text.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from golden import parts

from archcode.cli import _assets
from archcode.cli._io import bundled_prices
from archcode.draw.layout import lay_out
from archcode.estimate import price
from archcode.explanation import explain
from archcode.headroom import headroom_of
from archcode.render import (
    d2,
    dot,
    drawio,
    estimate_json,
    findings,
    focus_csv,
    markdown,
    mermaid,
    picture,
    pptx,
    slides,
    svg,
    table,
)
from archcode.review import findings as find
from archcode.sensitivity import ranged
from archcode.spec.parse import parse
from archcode.topology import propagate

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.model import Finding

PRICES = bundled_prices()
FILES = (
    "charges.csv",
    "deck.txt",
    "estimate.json",
    "estimate.md",
    "explain.txt",
    "findings.txt",
    "picture.d2",
    "picture.dot",
    "picture.drawio",
    "picture.mmd",
    "picture.svg",
    "table.txt",
)
DRAWN = ("page.txt", "pdf.txt", "picture.png")
"""What is kept of the files that `archcode render` writes, beside the outputs."""
CASES = {
    "as-dark": ("outbox", "--theme", "dark"),
    "as-down": ("ordered-payments", "--direction", "TB"),
    "as-heat-of-cost": ("order-fanout", "--heat", "cost"),
    "as-heat-of-headroom": ("clickstream-kinesis", "--heat", "headroom"),
    "as-view": ("cqrs", "--view", "group-write"),
    "as-views-of-all-kinds": (
        "cqrs",
        *("--view", "group,flow-shop"),
        *("--heat", "headroom", "--direction", "TB", "--theme", "dark"),
    ),
}
"""Specs with options of `archcode render`: each has a folder of what that writes."""


@cache
def priced(path: Path) -> tuple[Estimate, tuple[Finding, ...]]:
    """The estimate of a spec file and what is found in it, made once for all tests."""
    return _priced(path)


def _priced(path: Path) -> tuple[Estimate, tuple[Finding, ...]]:
    spec = parse(path.read_text("utf-8"))
    found = ranged(spec, lambda changed: price(propagate(changed), PRICES))
    return found, find(found)


def outputs(path: Path) -> dict[str, str]:
    """The text of each output by its file name, all of it made anew."""
    found, problems = _priced(path)
    drawn = picture.render(found)
    scene, icons = lay_out(drawn), _assets.icons(drawn)
    drawing = svg.render(scene, icons, _assets.web_fonts())
    chapters = slides.render(found, problems, headroom_of(found))
    deck = pptx.render(scene, drawn.subtitle, _assets.icons(drawn, 4), chapters)
    names = found.topology.spec.components
    summary = findings.summary(problems, len(names))
    return {
        "charges.csv": focus_csv.render(found),
        "deck.txt": parts.deck(deck),
        "estimate.json": estimate_json.render(found, problems),
        "estimate.md": markdown.render(found, problems, pictures=[("", "picture.svg")]),
        "explain.txt": "\n".join(explain(found, name) for name in names),
        "findings.txt": f"{findings.render(problems, f'specs/{path.name}')}{summary}\n",
        "picture.d2": d2.render(drawn),
        "picture.dot": dot.render(drawn),
        "picture.drawio": parts.shortened(drawio.render(scene, icons)),
        "picture.mmd": mermaid.render(drawn),
        "picture.svg": parts.shortened(drawing),
        "table.txt": table.render(found),
    }


if __name__ == "__main__":
    made = {Path(path).stem: outputs(Path(path)) for path in sys.argv[1:]}
    sys.stdout.buffer.write(json.dumps(made).encode())
