"""Charts on their way to files: each as SVG and PNG, in the themes that are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.charts import Chart


def files_of(
    charts: Mapping[str, Chart], folder: Path, themes: tuple[str, ...]
) -> dict[Path, bytes]:
    """The files of charts by their names; those for dark pages have `-dark` behind it."""
    from archcode.draw.look import DARK, LIGHT
    from archcode.render import chart_png, chart_svg

    files: dict[Path, bytes] = {}
    for name, chart in charts.items():
        for theme in themes:
            look = DARK if theme == "dark" else LIGHT
            stem = f"{name}-dark" if theme == "dark" else name
            files[folder / f"{stem}.svg"] = chart_svg.render(chart, theme=look).encode()
            files[folder / f"{stem}.png"] = chart_png.render(chart, theme=look)
    return files
