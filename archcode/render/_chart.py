"""A chart as a page that is drawn, whichever kind it is, for SVG and PNG alike."""

from __future__ import annotations

from archcode.charts import Chart, Histogram, LineChart, RegionMap
from archcode.draw.look import Theme
from archcode.render import _chart_histogram, _chart_lines, _chart_map, _chart_tornado
from archcode.render._chart_page import Page


def page(chart: Chart, theme: Theme) -> Page:
    """The page of a chart, to be drawn within `_matplotlib.settings()`."""
    if isinstance(chart, LineChart):
        return _chart_lines.draw(chart, theme)
    if isinstance(chart, RegionMap):
        return _chart_map.draw(chart, theme)
    if isinstance(chart, Histogram):
        return _chart_histogram.draw(chart, theme)
    return _chart_tornado.draw(chart, theme)
