"""A decision record: the same parts as Markdown and as HTML, whatever the spec says."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from small import SMALL
from support import PRICES

from archcode import Basis, parse
from archcode.decision import decide
from archcode.draw.look import DARK
from archcode.render import _record, chart_svg, decision_html, decision_markdown
from archcode.render._blocks import Figure, Grid, Heading

HOSTILE = "<script>alert(1)</script> | `x` [a](javascript:b) $1$ \\u202e \\U0001f600 'q' \\\"r\\\""
TEXT = SMALL.replace("title: Small", f'title: "{HOSTILE}"').replace(
    "rate: 10/s, peak: 20/s", "rate: {low: 1/s, typical: 10/s, high: 20/s}, peak: 20/s"
)
SECTIONS = [
    "Why",
    "Context",
    "Options",
    "What they promise",
    "When something fails",
    "Where costs meet",
    "What would change the decision",
    "What to find out first",
    "Assumptions",
]


@cache
def found():
    return decide(parse(TEXT), Basis(PRICES), channel="orders")


@cache
def drawn():
    return {
        name: (chart_svg.render(chart), chart_svg.render(chart, theme=DARK))
        for name, chart in _record.charts(found()).items()
    }


@cache
def page():
    return decision_html.render(found(), drawn())


@cache
def markdown():
    return decision_markdown.render(found(), {name: f"{name}.svg" for name in drawn()})


class _Reader(HTMLParser):
    """Tags with their attributes, and the text outside of the style."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


@cache
def read():
    reader = _Reader()
    reader.feed(page())
    return reader


def test_has_all_that_a_review_asks_for():
    told = [block.text for block in _record.blocks(found()) if isinstance(block, Heading)]

    assert [text for text in told if text in SECTIONS] == SECTIONS
    assert [line[3:] for line in markdown().splitlines() if line[3:] in SECTIONS] == SECTIONS
    assert [text for text in read().texts if text in SECTIONS] == SECTIONS


def test_every_option_stands_in_the_record():
    for option in found().comparison.options:
        assert f"| {option.name}" in markdown().replace("\\", "")
        assert option.name in {text.removesuffix(" (today)") for text in read().texts}


def test_both_forms_have_the_same_cells():
    grids = [block for block in _record.blocks(found()) if isinstance(block, Grid)]
    cells = [cell for grid in grids for row in grid.rows for cell in row if cell]

    assert {*cells} <= {*read().texts}
    assert sum(tag == "td" for tag, _ in read().tags) == sum(
        len(grid.rows) * len(grid.head) for grid in grids
    )


def test_prices_tell_where_they_are_from_and_from_when():
    grid = [block for block in _record.blocks(found()) if isinstance(block, Grid)][-1]

    assert grid.head == ("Component", "Charge", "Unit price", "Unit", "Price of", "Source")
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", row[4]) and row[5] for row in grid.rows)


def test_what_the_spec_says_stays_text():
    tags = {tag for tag, _ in read().tags}

    assert "<script>alert(1)</script>" in "".join(read().texts)
    assert "script" not in tags
    assert read().open == []
    assert "<script" not in markdown()
    assert "[a](javascript" not in markdown()


def test_the_page_loads_and_runs_nothing():
    policies = [attrs["content"] for tag, attrs in read().tags if "http-equiv" in attrs]
    sources = [attrs["src"] for tag, attrs in read().tags if tag == "img"]

    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; style-src 'sha256-")
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert not [a for _, attrs in read().tags for a in attrs if a.startswith("on") or a == "style"]


def test_charts_are_described_for_those_who_cannot_see_them():
    figures = [block for block in _record.blocks(found()) if isinstance(block, Figure)]
    images = [attrs for tag, attrs in read().tags if tag == "img"]

    assert [figure.name for figure in figures] == ["costs", "ranges"]
    assert [image["class"] for image in images] == ["light", "dark"] * 2
    assert all(image["alt"] for image in images)
    assert "SQS standard costs $" in figures[0].alt
    assert "![" in markdown()
    assert "(costs.svg)" in markdown()


def test_the_same_decision_has_the_same_bytes():
    again = decide(parse(TEXT), Basis(PRICES), channel="orders")

    assert decision_html.render(again, drawn()) == page()
    assert decision_markdown.render(again, {n: f"{n}.svg" for n in drawn()}) == markdown()
