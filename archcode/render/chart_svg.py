"""A chart as SVG that loads nothing: its text is drawn with the shapes of our own font."""

from __future__ import annotations

import re
from hashlib import sha256
from io import StringIO

from archcode.charts import Chart, described
from archcode.draw.look import LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.render import _chart
from archcode.render._chart_page import HIGH, WIDE
from archcode.render._matplotlib import settings
from archcode.render._xml import escape

_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_GROUP = re.compile(r'<g id="[^"]*_\d+">')
_ROOT = re.compile(r".*?<svg\b[^>]*>", re.DOTALL)
_NOTHING = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def render(chart: Chart, *, theme: Theme = LIGHT) -> str:
    """The SVG text, the same every time; its title and description are there to be read aloud."""
    written = StringIO()
    with settings():
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        figure = _chart.page(chart, theme).figure
        FigureCanvasSVG(figure).print_svg(written, metadata=_NOTHING)  # type: ignore[no-untyped-call]
    return _named(written.getvalue(), clean(chart.title), clean(described(chart).description))


def _named(drawn: str, title: str, description: str) -> str:
    """The drawing in a root of our own: without the name of a DTD, comments, and ids of groups.

    Several charts can stand in one page: the ids of title and description are made from both.
    """
    inner = _GROUP.sub("<g>", _COMMENT.sub("", _ROOT.sub("", drawn, count=1)))
    told = f"{title}\n{description}".encode()
    name = f"chart-{sha256(told).hexdigest()[:10]}"
    size = f'width="{WIDE:g}" height="{HIGH:g}" viewBox="0 0 {WIDE:g} {HIGH:g}"'
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    role = f'role="img" aria-labelledby="{name}-title {name}-description"'
    head = (
        f"<svg {spaces} {size} {role}>\n"
        f'<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-description">{escape(description)}</desc>'
    )
    return head + inner
