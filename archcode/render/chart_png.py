"""A chart as PNG of 1,600 by 900 pixels, or as many times more or fewer."""

from __future__ import annotations

from io import BytesIO

from archcode.charts import Chart, described
from archcode.draw.look import LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.render import _chart
from archcode.render._matplotlib import DPI, settings

USUAL = 1.0
MOST = 6.0
"""The largest scale: 9,600 by 5,400 pixels take 200 MB while they are drawn."""


def render(chart: Chart, *, theme: Theme = LIGHT, scale: float = USUAL) -> bytes:
    """The PNG at `scale` (at most `MOST`), its description in the text chunk of that name.

    The same chart has the same bytes every time.
    """
    written = BytesIO()
    with settings():
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figure = _chart.page(chart, theme).figure
        figure.set_dpi(DPI * min(scale, MOST))
        told = {"Description": clean(described(chart).description), "Software": None}
        FigureCanvasAgg(figure).print_png(written, metadata=told)  # type: ignore[no-untyped-call]
    return written.getvalue()
