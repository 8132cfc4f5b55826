"""An SVG as pixels, with our fonts only, so that no machine's fonts matter."""

import re
from collections.abc import Sequence

from archcode.draw.look import FONT
from archcode.errors import DrawingError

_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def render(
    svg: str,
    fonts: Sequence[str],
    *,
    scale: float = 2,
    longest_side: int = 4096,
    covered: bool = True,
) -> bytes:
    """The PNG; fonts are paths of TTF files, a large drawing is scaled down to the cap.

    A text that our fonts do not cover takes what it needs from the fonts of the machine.
    """
    # A library of 5 MB that only a PNG needs.
    import resvg_py

    found = _SIZE.search(svg)
    if not found:
        raise DrawingError("the SVG has no width and height in its first element")
    side = max(float(found[1]), float(found[2]))
    try:
        png: bytes = resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=covered,
            font_files=list(fonts),
            font_family=FONT,
            sans_serif_family=FONT,
            zoom=min(scale, longest_side / side),
        )
    except ValueError as error:
        raise DrawingError(f"the picture could not be turned into a PNG: {error}") from error
    return bytes(png)
