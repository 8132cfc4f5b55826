"""The icons and fonts of a drawing, read from where they are installed."""

from base64 import b64encode
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from archcode.draw.look import ICON
from archcode.draw.picture import Picture

_FONTS = Path(__file__).resolve().parents[1] / "draw" / "fonts"
_SHRINK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">'
    '<image width="{side}" height="{side}" href="data:image/png;base64,{data}"/></svg>'
)


def icons(picture: Picture) -> dict[str, bytes]:
    """The icons of a picture by their path, at twice the size they are drawn; missing ones not."""
    found = {path: _icon(path) for path in sorted({box.icon for box in picture.boxes})}
    return {path: data for path, data in found.items() if data}


@cache
def _icon(path: str) -> bytes | None:
    # A library of 5 MB that only a drawing needs.
    import resvg_py

    file = _file(path)
    if file is None:
        return None
    data = b64encode(file.read_bytes()).decode()
    side = int(ICON * 2)
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=_SHRINK.format(side=side, data=data)))
    except ValueError:
        return None


def _file(path: str) -> Path | None:
    """The file of an icon, if it lies inside the icon folder."""
    folder = _resources()
    if folder is None or not path:
        return None
    file = (folder / path).resolve()
    return file if file.is_relative_to(folder) and file.is_file() else None


@cache
def _resources() -> Path | None:
    """The icons of the diagrams package, found without loading it."""
    spec = find_spec("diagrams")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).resolve().parents[1] / "resources"


@cache
def web_fonts() -> dict[str, bytes]:
    """The fonts that an SVG carries."""
    return {file.stem: file.read_bytes() for file in sorted(_FONTS.glob("*.woff2"))}


@cache
def fonts() -> dict[str, bytes]:
    """The fonts that a PDF carries."""
    return {file.stem: file.read_bytes() for file in sorted(_FONTS.glob("*.ttf"))}


def font_files() -> list[str]:
    """Where the fonts are, for a renderer that reads them itself."""
    return [str(file) for file in sorted(_FONTS.glob("*.ttf"))]
