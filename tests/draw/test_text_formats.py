"""Mermaid and D2: containers nest as frames do, and text stays text."""

from __future__ import annotations

import pytest

from archcode.draw.look import DARK
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.render import d2, mermaid

HOSTILE = '<script>"`#1`" & |x| %%{init}%% ${y} \\ --> end'


@pytest.fixture
def nested():
    """Two boxes of which one stands in a frame in a frame; their names are alike as words."""
    return Picture(
        "Orders",
        "us-east-1",
        (Box("a.b", "First", ("SQS",), "$1.00/mo", tooltip="tip"), Box("a-b", "Second")),
        (Arrow("a.b", "a-b", "go", "stream"), Arrow("a-b", "a.b", "", "redrive")),
        (
            Frame("outer", "Outer", "region", ("inner",)),
            Frame("inner", "Inner", "lane", ("a-b",)),
        ),
    )


def test_mermaid_nests_frames_and_styles_links(nested):
    assert mermaid.render(nested).splitlines()[3:] == [
        "flowchart LR",
        "  accTitle: Orders",
        "  accDescr: us-east-1; First to Second; Second to First",
        '  subgraph c_outer["Outer"]',
        '    subgraph c_inner["Inner"]',
        '      c_a_b_2["<b>Second</b>"]',
        "    end",
        "  end",
        '  c_a_b["<b>First</b><br>SQS<br>$1.00/mo"]',
        '  c_a_b ==>|"go"| c_a_b_2',
        "  c_a_b_2 -.-> c_a_b",
        "  linkStyle 0 stroke:#8C4FFF",
        "  linkStyle 1 stroke:#D13212",
        "  style c_outer fill:#FFFFFF,stroke:#00A4A6,color:#007F81,stroke-dasharray:1.4 4",
        "  style c_inner fill:#FAFBFC,stroke:#7D8998,color:#5F6B7A,stroke-dasharray:6 4",
    ]


def test_d2_nests_frames_and_names_the_whole_path(nested):
    assert d2.render(nested).splitlines()[2:] == [
        'c_outer: "Outer" {',
        '  style: {fill: "#FFFFFF"; stroke: "#00A4A6"; font-color: "#007F81"; stroke-dash: 4}',
        '  c_inner: "Inner" {',
        '    style: {fill: "#FAFBFC"; stroke: "#7D8998"; font-color: "#5F6B7A"; stroke-dash: 4}',
        '    c_a_b_2: "Second"',
        "  }",
        "}",
        'c_a_b: "First\\nSQS\\n\\$1.00/mo" {tooltip: "tip"}',
        'c_a_b -> c_outer.c_inner.c_a_b_2: "go" {style: {stroke: "#8C4FFF"}}',
        'c_outer.c_inner.c_a_b_2 -> c_a_b: {style: {stroke: "#D13212"; stroke-dash: 4}}',
    ]


def test_mermaid_shows_what_it_might_run_as_text():
    text = mermaid.render(Picture("T", boxes=(Box("a", HOSTILE),)))

    assert (
        "#lt;script#gt;#quot;#96;#35;1#96;#quot; #amp; |x| %%{init}%% ${y} #92; --#gt; end" in text
    )
    assert "<script" not in text


def test_d2_shows_what_it_might_replace_as_text():
    text = d2.render(Picture("T", boxes=(Box("a", HOSTILE),)))

    assert '<script>\\"`#1`\\" & |x| %%{init}%% \\${y} \\\\ --> end"' in text


def test_dark_pages_have_dark_colours(nested):
    assert "fill:#16263A" in mermaid.render(nested, DARK)
    assert 'stroke: "#FF6B5E"' in d2.render(nested, DARK)
