"""Charts on their way to files: each as SVG and PNG, in the themes that are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archcode.cli._job import THEMES, named_themes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.charts import Chart

__all__ = ["THEMES", "files_of", "named_themes"]


def files_of(
    charts: Mapping[str, Chart], folder: Path, themes: tuple[str, ...]
) -> dict[Path, bytes]:
    """The files of charts by their names; those for dark pages have `-dark` behind it."""
    from archcode.draw.look import THEMES as LOOKS
    from archcode.render import chart_png, chart_svg

    files: dict[Path, bytes] = {}
    for name, chart in charts.items():
        for theme in themes:
            look = next(look for known, look in LOOKS.items() if known == theme)
            stem = name if theme == "light" else f"{name}-{theme}"
            files[folder / f"{stem}.svg"] = chart_svg.render(chart, theme=look).encode()
            files[folder / f"{stem}.png"] = chart_png.render(chart, theme=look)
    return files
