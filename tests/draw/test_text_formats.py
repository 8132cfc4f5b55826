"""Mermaid, D2 and DOT: containers nest as frames do, text stays text, marks become words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from archcode.draw.look import DARK, LIGHT, THEMES
from archcode.draw.picture import Arrow, Box, Frame, Picture, Scale, Step
from archcode.render import d2, dot, mermaid
from archcode.render._decorated import heat

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


LINK = "https://example.org/a?b=1&c=2#d"


@pytest.fixture
def walk():
    """Two boxes with everything a box may have, joined in two steps."""
    boxes = (
        Box("a", "Orders", ("SQS",), badges=("fifo", "encrypted"), heat=5, link=LINK),
        Box("b", "Worker", ("Lambda FIFO",), tooltip="w", badges=("fifo",), heat=2),
        Box("c", "Plain"),
    )
    arrows = (Arrow("a", "b", "batch 10", step=1), Arrow("b", "c", step=12), Arrow("a", "c", "x"))
    steps = (Step(1, "Ten at a time"), Step(12, "Done"))
    return Picture("Walk", "", boxes, arrows, (), steps, Scale("Cost", ("low", "high")), "TB")


def test_mermaid_shows_marks_in_words_and_colours(walk):
    assert mermaid.render(walk).splitlines()[3:] == [
        "flowchart TB",
        "  accTitle: Walk",
        "  accDescr: ; Orders to Worker; Worker to Plain; Orders to Plain",
        '  c_a["<b>Orders</b><br>SQS<br>FIFO, encrypted"]',
        '  c_b["<b>Worker</b><br>Lambda FIFO"]',
        '  c_c["<b>Plain</b>"]',
        # Markdown makes a list of "1. ", and Mermaid then shows that it cannot
        '  c_a -->|"1#46; batch 10"| c_b',
        '  c_b -->|"12"| c_c',
        '  c_a -->|"x"| c_c',
        '  click c_a href "https://example.org/a?b=1&c=2#d" _blank',
        '  steps["<b>Steps</b><br>1#46; Ten at a time<br>12#46; Done"]',
        "  style steps fill:#FAFBFC,stroke:#7D8998,color:#5F6B7A,text-align:left",
        '  subgraph scale["Cost"]',
        '    scale_1["low"]',
        '    scale_2["high"]',
        "  end",
        "  style scale fill:#FAFBFC,stroke:#7D8998,color:#5F6B7A",
        "  classDef heat1 fill:#FFF1CC,color:#16191F",
        "  class scale_1 heat1",
        "  classDef heat2 fill:#FFDB94,color:#16191F",
        "  class scale_2,c_b heat2",
        "  classDef heat5 fill:#D9541E,color:#000000",
        "  class c_a heat5",
    ]


def test_d2_shows_marks_in_words_and_colours(walk):
    hot, warm = (
        f'style: {{fill: "{fill}"; font-color: "{ink}"}}'
        for fill, ink in (("#D9541E", "#000000"), ("#FFDB94", "#16191F"))
    )
    assert d2.render(walk).splitlines() == [
        "direction: down",
        'title: "Walk" {shape: text; near: top-left; style.font-size: 28}',
        f'c_a: "Orders\\nSQS\\nFIFO, encrypted" {{link: "{LINK}"; {hot}}}',
        f'c_b: "Worker\\nLambda FIFO" {{tooltip: "w"; {warm}}}',
        'c_c: "Plain"',
        'c_a -> c_b: "1. batch 10" {style: {stroke: "#545B64"}}',
        'c_b -> c_c: "12" {style: {stroke: "#545B64"}}',
        'c_a -> c_c: "x" {style: {stroke: "#545B64"}}',
        'step_list: "Steps\\n1. Ten at a time\\n12. Done" {shape: text; near: bottom-left}',
        'heat_scale: "Cost" {',
        "  near: bottom-right",
        '  level_1: "low" {style: {fill: "#FFF1CC"; font-color: "#16191F"}}',
        f'  level_2: "high" {{{warm}}}',
        "}",
    ]


def test_dot_shows_marks_in_words_and_colours(walk):
    hot, warm, cool = (
        f'style="rounded,filled", fillcolor="{fill}", fontcolor="{ink}"'
        for fill, ink in (("#D9541E", "#000000"), ("#FFDB94", "#16191F"), ("#FFF1CC", "#16191F"))
    )
    text = dot.render(walk)

    assert "rankdir=TB" in text
    assert text.splitlines()[4:] == [
        f'  a [label="Orders\\nSQS\\nFIFO, encrypted", URL="{LINK}", target="_blank", {hot}]',
        f'  b [label="Worker\\nLambda FIFO", tooltip=w, {warm}]',
        "  c [label=Plain]",
        '  a -> b [label="1. batch 10", color="#545B64"]',
        '  b -> c [label=12, color="#545B64"]',
        '  a -> c [label=x, color="#545B64"]',
        '  legend [shape=plain, label="Steps\\l1. Ten at a time\\l12. Done\\l"]',
        "  subgraph cluster_legend {",
        '    graph [label=Cost, style=solid, color="none"]',
        f"    legend_1 [label=low, {cool}]",
        f"    legend_2 [label=high, {warm}]",
        "    legend_1 -> legend_2 [style=invis]",
        "  }",
        "}",
    ]


def test_the_legend_of_dot_takes_no_name_of_a_box(walk):
    boxes = (*walk.boxes, Box("legend_1", "Mine"), Box("legend", "Mine"))
    text = dot.render(replace(walk, boxes=boxes))

    assert "  legend [label=Mine]" in text
    assert "  legend__ [shape=plain" in text
    assert "    legend___1 [label=low" in text


@pytest.mark.parametrize("direction", ["auto", "LR"])
def test_drawings_go_to_the_right_unless_they_go_down(walk, direction):
    level = replace(walk, direction=direction)

    assert "flowchart LR\n" in mermaid.render(level)
    assert d2.render(level).startswith("direction: right\n")
    assert "rankdir=LR" in dot.render(level)


@pytest.mark.parametrize("render", [mermaid.render, d2.render, dot.render])
@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://example.org/", "https://"])
def test_no_other_link_is_written(render, link):
    text = render(Picture("T", boxes=(Box("a", "A", link=link),)))

    assert text == render(Picture("T", boxes=(Box("a", "A"),)))


def test_no_link_ends_its_quotes():
    picture = Picture("T", boxes=(Box("a", "A", link='https://example.org/"x" y\nz#quot;$w'),))

    assert 'href "https://example.org/%22x%22%20y%0Az#quot%3B%24w" _blank' in mermaid.render(
        picture
    )
    assert 'link: "https://example.org/%22x%22%20y%0Az#quot;%24w"' in d2.render(picture)


def test_d2_has_no_link_beside_text_that_looks_like_another():
    """It would refuse the whole file: a reader could be led elsewhere than the text says."""
    texts = (Box("a", "https://bank.example", link=LINK), Box("b", "B", (), "", "", "ftp://x"))
    boxes = (texts[0], replace(texts[1], link=LINK), Box("c", "C", link=LINK))

    assert d2.render(Picture("T", boxes=boxes)).count("link: ") == 1


def test_hostile_legends_stay_text():
    steps, scale = (Step(1, HOSTILE),), Scale(HOSTILE, (HOSTILE, ""))
    picture = Picture("T", steps=steps, scale=scale)

    assert "<script" not in mermaid.render(picture)
    assert '"`#1`\\" & |x|' in d2.render(picture).replace('\\"`', '"`')
    assert r"\"`#1`\"" in dot.render(picture)


def _ratio(one, other):
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05

    return max(light(one), light(other)) / min(light(one), light(other))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=THEMES)
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_text_can_be_read_on_every_colour(theme, level):
    """4.5 to 1, as https://www.w3.org/TR/WCAG22/#contrast-minimum asks."""
    assert _ratio(*heat(level, theme)) >= 4.5
