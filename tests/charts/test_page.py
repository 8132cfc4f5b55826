"""What is on the page of a chart: text that can be read, and options told apart without colour."""

from __future__ import annotations

import zlib
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from charts.drawn import (
    HISTOGRAM,
    KINDS,
    LINES,
    MAP,
    TORNADO,
    box,
    coloured,
    drawn_lines,
    drawn_patches,
    line,
    lines,
    names_map,
    overlap,
    page,
    told,
    words,
)
from draw.contrast import contrast
from msgspec.structs import replace
from PIL import Image

from archcode.charts import (
    Bar,
    Histogram,
    LineChart,
    Mark,
    Percentile,
    RegionMap,
    Series,
    Tornado,
    described,
)
from archcode.draw.look import DARK, THEMES
from archcode.render import chart_png, chart_svg
from archcode.render._chart_look import OPTIONS, look_of, mixed
from archcode.render._chart_tornado import MOST

LEAST = 11
"""Pixels of the smallest text at scale 1."""


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_text_can_be_read(chart, theme):
    for text in words(page(chart, theme)):
        colour = text.get_color().upper()
        assert contrast(colour, theme.page) >= 4.5, text.get_text()
        assert text.get_fontsize() >= LEAST, text.get_text()
        assert Path(text.get_fontproperties().get_file()).parent.name == "fonts"


@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_text_stays_on_the_page_and_clear_of_other_text(chart):
    made = page(chart)
    boxes = [(text.get_text(), box(made, text)) for text in words(made)]

    for text, (left, low, right, high) in boxes:
        assert min(left, low) >= 0, text
        assert right <= 1600, text
        assert high <= 900, text
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not overlap(first, second), (one, other)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_lines_can_be_seen(theme):
    """https://www.w3.org/TR/WCAG22/#non-text-contrast asks for 3 to 1."""
    for place in range(OPTIONS):
        assert contrast(look_of(place, theme).colour, theme.page) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_in_an_area_can_be_read_beside_their_plate(theme):
    for place in range(OPTIONS):
        tint = mixed(look_of(place, theme).colour, theme.page, 0.22)
        assert contrast(theme.ink["title"], tint) >= 4.5


def test_options_differ_in_more_than_colour():
    looks = [look_of(place, DARK) for place in range(OPTIONS)]

    assert len({look.dashes for look in looks}) == OPTIONS
    assert len({(look.marker, look.filled) for look in looks}) == OPTIONS
    assert len({look.hatch for look in looks}) == OPTIONS
    assert len({look.colour for look in looks}) == OPTIONS


def test_options_beyond_the_first_differ_in_a_pair():
    looks = [look_of(place, DARK) for place in range(OPTIONS * OPTIONS)]

    assert len({(look.dashes, look.marker, look.filled) for look in looks}) == len(looks)


def test_options_differ_on_the_page_without_colour():
    """All pairs of dashes and marker of the lines that the figure holds."""
    made = page(lines(OPTIONS))
    drawn = [one for one in drawn_lines(made) if len(one.get_xdata()) == 2]
    samples = [one for one in drawn if one.get_xdata()[1] - one.get_xdata()[0] == 56]
    dashes = {one._unscaled_dash_pattern for one in samples}  # noqa: SLF001 - no other way

    assert len(samples) == OPTIONS
    assert len({(offset, tuple(parts or ())) for offset, parts in dashes}) == OPTIONS


@pytest.mark.parametrize("count", [1, 2, 5, 14, 25])
@pytest.mark.parametrize("log", [True, False])
def test_names_of_lines_stand_clear_of_each_other(count, log):
    chart = lines(count, log_x=log, log_y=log)
    made = page(chart)
    names = [text for text in words(made) if text.get_text().startswith("Option ")]
    boxes = [box(made, text) for text in names]

    assert len(names) == count
    for one, other in combinations(boxes, 2):
        assert not overlap(one, other)
    for left, low, right, high in boxes:
        assert min(left, low) >= 0
        assert right <= 1600
        assert high <= 900


def test_lines_that_end_at_one_point_have_their_names_apart():
    series = tuple(Series(f"Same {i}", ((1, 5), (10, 5))) for i in range(10))
    made = page(LineChart("T", "", "x", "y", series))
    boxes = [box(made, text) for text in words(made) if text.get_text().startswith("Same ")]

    assert len(boxes) == 10
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


def test_a_line_that_stops_says_where():
    # 1,999 is 1.99k in three digits, rounded down: what can be promised
    stops = Series("Stops", ((1, 1), (1999, 1), (10_000, None)))
    # in the way of a name at the end of that line
    others = tuple(Series(f"Other {i}", ((1, i / 10), (10_000, i / 10))) for i in range(1, 20))
    made = told(page(replace(LINES, series=(stops, *others), marks=(), bands=())))

    assert "Stops, to 1.99k/s" in made


def test_an_option_that_is_never_feasible_says_so():
    assert "Never, not feasible" in told(page(LINES))


def test_a_break_parts_a_line():
    gap = Series("Gap", ((1, 1), (2, 2), (3, None), (4, 3), (5, float("nan")), (6, 3), (7, 4)))
    made = page(LineChart("T", "", "x", "y", (gap,)))
    solid = [one for one in drawn_lines(made) if one.get_linewidth() == 2.6]

    # 1 to 2, the point at 4, 6 to 7; and the sample beside the name
    assert sorted(len(one.get_xdata()) for one in solid) == [1, 2, 2, 2]


def test_steps_go_straight_up():
    step = Series("Step", ((0, 1), (5, 1), (5, 9), (10, 9)))
    made = page(LineChart("T", "", "x", "y", (step,)))
    places = next(one for one in drawn_lines(made) if len(one.get_xdata()) == 4)

    assert places.get_xdata()[1] == places.get_xdata()[2]
    assert places.get_ydata()[1] < places.get_ydata()[2]


@pytest.mark.parametrize(
    "chart",
    [
        LineChart("T", "", "x", "y", ()),
        LineChart("T", "", "x", "y", (Series("None", ()), Series("Never", ((1, None),)))),
        LineChart("T", "", "x", "y", (Series("Point", ((5, 3),)),)),
        LineChart("T", "", "x", "y", (Series("Point", ((5, 3),)),), log_x=True, log_y=True),
        LineChart("T", "", "x", "y", (Series("Zero", ((0, 0), (9, 0))),)),
        LineChart("T", "", "x", "y", (Series("Zero", ((0, 0), (9, 0))),), log_x=True, log_y=True),
        LineChart("T", "", "x", "y", (Series("Below", ((1, -5), (9, 5))),), log_y=True),
        LineChart("T", "", "x", "y", (Series("Huge", ((1, 1e299), (9, 1e-299))),), log_y=True),
        LineChart("T", "", "x", "y", (Series("Out", ((1, Fraction(10**400)), (9, 5))),)),
        LineChart("T", "", "x", "y", (Series("Out", ((1, Decimal("Infinity")), (2, 1))),)),
        LineChart(
            "", "", "", "", (Series("", ((1, 2), (2, 3))),), (Mark(1, 2, ""), Mark(9, 9, "far"))
        ),
        RegionMap("T", "", "x", "y", (), (), ()),
        RegionMap("T", "", "x", "y", (3,), (7,), (("one",),)),
        RegionMap("T", "", "x", "y", (0, 1, 10), (0,), (("a", "b", ""),)),
        RegionMap("T", "", "x", "y", (0,), (0,), (("",),)),
        RegionMap("T", "", "x", "y", (0,), (0, 1e-49), (("a",), ("b",)), log_x=False, log_y=False),
        LineChart("T", "", "x", "y", (Series("Near", ((1, 5), (1 + 1e-15, 5))),), log_x=True),
        Tornado("T", "", "x", 0, ()),
        Tornado("T", "", "x", 5, (Bar("Same", 5, 5),)),
        Tornado("T", "", "x", 5, (Bar("Unknown", float("nan"), 5), Bar("Known", 4, 6))),
        Tornado("T", "", "x", 0, (Bar("Zero", 0, 0),)),
        Histogram("T", "", "x", (), ()),
        Histogram("T", "", "x", (0, 1), (0,)),
        Histogram(
            "T", "", "x", (1, 2), (5,), tuple(Percentile(p, 1.5) for p in range(10, 100, 10))
        ),
    ],
)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_little_or_nothing_is_drawn_too(chart, theme):
    assert chart_svg.render(chart, theme=theme).endswith("</svg>\n")
    assert described(chart).description


def test_zero_stands_at_the_foot_of_a_logarithmic_axis():
    free = Series("Free", ((0, 0), (10, 0), (100, 1), (1000, 10)))
    made = page(LineChart("T", "", "x", "y", (free,), log_x=True, log_y=True))
    axes = made.figure.axes[0]
    line_ = next(one for one in drawn_lines(made) if len(one.get_xdata()) == 4)
    foot = axes.get_position().y0 * 900

    assert "$0" in told(made)
    assert axes.get_yscale() == "log"
    assert [round(y - foot) == 0 for y in line_.get_ydata()] == [True, True, False, False]


def test_costs_below_zero_have_a_linear_axis():
    credit = Series("Credit", ((1, -5), (10, 5)))
    made = page(LineChart("T", "", "x", "y", (credit,), log_y=True))

    assert made.figure.axes[0].get_yscale() == "linear"
    assert {"-$4", "$0", "$4"} <= {*told(made)}


def test_a_name_stands_in_its_area_and_in_the_key():
    made = told(page(MAP))

    assert made.count("SQS") == 2
    assert made.count("MSK") == 2
    assert "No option is feasible" in made


def test_areas_without_room_are_in_the_key():
    names = [f"Option of a long name {i}" for i in range(14)]
    made = told(page(names_map(names)))

    assert [made.count(name) for name in names] == [1] * 14


def test_hatches_of_a_map_differ():
    made = page(names_map([f"Option {i}" for i in range(14)]))
    from matplotlib.patches import PathPatch

    areas = [patch for patch in drawn_patches(made) if isinstance(patch, PathPatch)]

    assert len(areas) == 14
    assert len({patch.get_hatch() for patch in areas}) == 14


def test_ends_of_a_bar_differ_in_their_hatch():
    made = page(TORNADO)
    bars = [patch for patch in drawn_patches(made) if patch.get_width() > 0]

    # three bars of two halves, and the key
    assert [patch.get_hatch() for patch in bars].count("/") == 4
    assert [patch.get_hatch() for patch in bars].count(None) == 4


def test_bars_beyond_those_that_can_be_read_are_counted():
    bars = tuple(Bar(f"Input {i}", 100 - i, 100 + i) for i in range(1, MOST + 4))
    made = told(page(replace(TORNADO, bars=bars)))

    # 18 of 21 are drawn, those of the largest swing
    assert "Not shown: 3 inputs that matter less." in made
    assert f"Input {MOST + 3}" in made
    assert "Input 3" not in made


def test_percentiles_that_are_close_stand_apart():
    marks = tuple(Percentile(p, 240 + p / 100) for p in (10, 50, 90))
    made = page(replace(HISTOGRAM, marks=marks))
    boxes = [box(made, text) for text in words(made) if text.get_text().startswith("P")]

    assert len(boxes) == 3
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


def test_shares_of_a_histogram_are_percent():
    # 5 of 8 outcomes are 62.5%, so the axis reaches 80%
    assert {"0%", "20%", "40%", "60%", "80%"} <= {*told(page(HISTOGRAM))}


def test_dark_pages_are_dark():
    assert DARK.page in coloured(chart_svg.render(LINES, theme=DARK))
    assert "#FFFFFF" not in coloured(chart_svg.render(LINES, theme=DARK))


@pytest.mark.parametrize(
    ("scale", "size"), [(1, (1600, 900)), (0.5, (800, 450)), (2, (3200, 1800))]
)
def test_pixels_are_those_of_the_scale(scale, size):
    with Image.open(BytesIO(chart_png.render(LINES, scale=scale))) as image:
        assert image.size == size


def test_the_scale_has_an_end():
    with Image.open(BytesIO(chart_png.render(replace(TORNADO, bars=()), scale=1000))) as image:
        assert image.size == (9600, 5400)


@pytest.mark.parametrize("description", ["", "As written: 5 € a month, 漢字."])
def test_pixels_carry_their_description(description):
    chart = replace(LINES, description=description)
    data = chart_png.render(chart)
    with Image.open(BytesIO(data)) as image:
        image.load()
        texts = dict(image.text)

    assert texts == {"Description": description or described(LINES).description}
    for name in (b"tIME", b"Software", b"Creation"):
        assert name not in data


def test_options_are_told_apart_in_grey():
    """Two lines at the same place differ in their pixels though their colours are both grey."""
    pictures = []
    for place in range(OPTIONS):
        series = tuple(Series("", ((1, None),)) for _ in range(place))
        chart = LineChart("T", "", "x", "y", (*series, Series("One", ((1, 5), (9, 5)))))
        with Image.open(BytesIO(chart_png.render(chart, scale=0.5))) as image:
            dark = (
                image.convert("L").crop((50, 60, 500, 400)).point(lambda value: 255 * (value > 200))
            )
            pictures.append(zlib.crc32(dark.tobytes()))

    assert len({*pictures}) == OPTIONS


def test_line_has_its_name_at_the_height_of_its_end():
    made = page(LineChart("T", "", "x", "y", (line(1), line(4))))
    names = {text.get_text(): text.get_position()[1] for text in words(made)}
    ends = [one.get_ydata()[-1] for one in drawn_lines(made) if len(one.get_xdata()) > 5]

    assert [names[line(1).name], names[line(4).name]] == pytest.approx(ends, abs=14.5)
