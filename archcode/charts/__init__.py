"""Charts for decisions as plain values: what is shown, in which numbers, and in which words."""

from __future__ import annotations

from archcode.charts.ticks import DOLLARS, PLAIN, SHORT, Number, Ticks, money
from archcode.charts.values import (
    Band,
    Bar,
    Chart,
    Histogram,
    LineChart,
    Mark,
    Percentile,
    Point,
    RegionMap,
    Series,
    Tornado,
)
from archcode.charts.words import described

__all__ = [
    "DOLLARS",
    "PLAIN",
    "SHORT",
    "Band",
    "Bar",
    "Chart",
    "Histogram",
    "LineChart",
    "Mark",
    "Number",
    "Percentile",
    "Point",
    "RegionMap",
    "Series",
    "Ticks",
    "Tornado",
    "described",
    "money",
]
