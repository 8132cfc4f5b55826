"""Pictures small enough to keep, and how far apart two of them are.

A thumbnail averages some hundred pixels into one, so that the edges that another build of a
library draws a little softer hardly show, and a label of a few letters still does.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

WIDE = 240
STEP = 17
"""Values of a channel are kept in 16 steps: half the size, and wrong by 8 at most."""
TOLERANCE = 24
"""Of 255: the 8 above, and as much again as other smoothing of text was measured to make, 15.

The faintest label of the examples that is taken away makes more than 40.
"""
_SIZE = "Drawn"


def shrunk(png: bytes) -> Image.Image:
    """A picture of usual width, all of it."""
    with Image.open(BytesIO(png)) as image:
        high = max(1, round(WIDE * image.height / image.width))
        return image.convert("RGB").resize((WIDE, high), Image.Resampling.BOX)


def kept(png: bytes) -> bytes:
    """The PNG of a thumbnail, with the size of the picture that it shows."""
    image = shrunk(png).point(lambda value: round(value / STEP) * STEP)
    number = len(image.getcolors(WIDE * image.height) or ())
    if number <= 256:
        image = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=number)
    told, out = PngInfo(), BytesIO()
    told.add_text(_SIZE, size(png))
    image.save(out, "PNG", optimize=True, pnginfo=told)
    return out.getvalue()


def size(png: bytes) -> str:
    """Pixels of a picture, or of that which a thumbnail shows."""
    with Image.open(BytesIO(png)) as image:
        image.load()
        return image.info.get(_SIZE, f"{image.width} x {image.height}")


def apart(png: bytes, thumbnail: bytes) -> int:
    """The largest difference of a channel anywhere between a picture and a thumbnail."""
    small = shrunk(png)
    with Image.open(BytesIO(thumbnail)) as image:
        if image.size != small.size:
            return 255
        found = ImageChops.difference(small, image.convert("RGB"))
    return max(most for _, most in found.getextrema())


def same(png: bytes, thumbnail: bytes) -> bool:
    """Whether a thumbnail still is that of a picture, so that an update can leave it as it is."""
    return size(png) == size(thumbnail) and apart(png, thumbnail) <= STEP // 2
