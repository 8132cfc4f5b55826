"""Charts of any values: each is drawn, and no name of a line is lost."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from charts.drawn import page, told
from hypothesis import given, settings
from hypothesis import strategies as st

from archcode.charts import (
    Band,
    Bar,
    Histogram,
    LineChart,
    Mark,
    Percentile,
    RegionMap,
    Series,
    Tornado,
)
from archcode.render import chart_svg

FEW = settings(max_examples=8, deadline=None)
NUMBERS = st.one_of(st.floats(), st.decimals(), st.fractions(), st.integers(-(10**31), 10**31))
COSTS = st.one_of(st.none(), st.just(0), st.floats(0, 1e6), NUMBERS)
WORDS = st.text(max_size=12)
POINTS = st.lists(st.tuples(NUMBERS, COSTS), max_size=5).map(tuple)
OPTIONS = st.lists(st.builds(Series, WORDS, POINTS), max_size=5).map(tuple)
MARKS = st.lists(st.builds(Mark, NUMBERS, NUMBERS, WORDS), max_size=3).map(tuple)
BANDS = st.lists(st.builds(Band, NUMBERS, NUMBERS, WORDS), max_size=3).map(tuple)
BARS = st.lists(st.builds(Bar, WORDS, NUMBERS, NUMBERS, WORDS, WORDS), max_size=5).map(tuple)


def _drawn(chart):
    ET.fromstring(chart_svg.render(chart))


@FEW
@given(WORDS, OPTIONS, MARKS, BANDS, st.booleans(), st.booleans())
def test_lines(title, options, marks, bands, log_x, log_y):
    _drawn(LineChart(title, "", title, title, options, marks, bands, log_x, log_y))


@FEW
@given(WORDS, NUMBERS, BARS)
def test_bars(title, base, bars):
    _drawn(Tornado(title, "", title, base, bars))


@FEW
@given(
    st.lists(st.floats(0, 1e9), min_size=1, max_size=5, unique=True).map(sorted),
    st.lists(st.floats(0, 1e-9), min_size=1, max_size=4, unique=True).map(sorted),
    st.lists(WORDS, min_size=1, max_size=6),
    st.booleans(),
)
def test_maps(xs, ys, names, log):
    cells = tuple(
        tuple(names[(r * c) % len(names)] for c in range(len(xs))) for r in range(len(ys))
    )
    _drawn(RegionMap("Map", "", "x", "y", tuple(xs), tuple(ys), cells, log, log))


@FEW
@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=8),
    st.lists(st.builds(Percentile, st.integers(1, 99), NUMBERS), max_size=5).map(tuple),
)
def test_histograms(counts, marks):
    edges = tuple(range(len(counts) + 1))
    _drawn(Histogram("Distribution", "", "x", edges, tuple(counts), marks))


@FEW
@given(st.lists(POINTS, min_size=1, max_size=16), st.booleans())
def test_every_line_has_its_name(lines, log):
    series = tuple(Series(f"Name {i}.", points) for i, points in enumerate(lines))
    made = told(page(LineChart("T", "", "x", "y", series, log_x=log, log_y=log)))

    for one in series:
        assert any(text.startswith(one.name) for text in made)
