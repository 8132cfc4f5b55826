"""The icons and fonts of a drawing and the parts of a page, read from where they are installed."""

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from archcode.draw.look import ICON
from archcode.draw.picture import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

_PACKAGE = Path(__file__).resolve().parents[1]
_FONTS = _PACKAGE / "draw" / "fonts"
_PAGE = _PACKAGE / "render" / "page"


def icons(picture: Picture, times: int = 2) -> dict[str, bytes]:
    """The icons of a picture as PNGs, at so many times their size; missing ones not."""
    return {path: _png(path, times) for path in images(picture, times)}


def images(picture: Picture, times: int = 2) -> "dict[str, Image]":
    """The icons of a picture by their path, at so many times their size; missing ones not."""
    found = {path: _image(path, times) for path in sorted({box.icon for box in picture.boxes})}
    return {path: image for path, image in found.items() if image}


@cache
def _png(path: str, times: int) -> bytes:
    data, image = BytesIO(), _image(path, times)
    if image:
        image.save(data, "PNG")
    return data.getvalue()


@cache
def _image(path: str, times: int) -> "Image | None":
    # A large library that only a drawing needs.
    from PIL import Image, UnidentifiedImageError

    file = _file(path)
    if file is None:
        return None
    side = int(ICON * times)
    try:
        with Image.open(file) as image:
            return image.convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
    except UnidentifiedImageError:
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


@cache
def page() -> dict[str, str]:
    """The frame, the style and the script of an interactive page."""
    return {file.name: file.read_text("utf-8") for file in sorted(_PAGE.iterdir())}
