"""A page of PDF as pixels, with the fonts that it carries and no others."""

import struct
import zlib
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctypes import Array, c_ubyte

    from pypdfium2 import PdfBitmap, PdfPage

    Buffer = Array[c_ubyte]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 3
"""A fifth larger than zlib's default in little more than half its time."""
USUAL = 2.0
"""Pixels a point where nobody asks for more: a drawing is sharp on most screens."""
LONGEST = 4096
"""Pixels of a side at the usual scale and below; as many times more above."""
LIMIT = 16_384
"""Pixels of a side at any scale: what browsers and slides still open."""
MOST = 2**26
"""Pixels of a page: 200 MB of memory while it is drawn."""


def load() -> None:
    """Load the library that makes the pixels, for a caller who has time now and not later."""
    import pypdfium2  # noqa: F401


def fitting(width: float, height: float, scale: float) -> float:
    """The pixels a point that a page gets: fewer than asked for where it would be too large."""
    longest = min(LIMIT, max(LONGEST, LONGEST * scale / USUAL))
    return min(scale, longest / max(width, height), sqrt(MOST / (width * height)))


def _fitting(page: "PdfPage", scale: float) -> float:
    width, height = page.get_size()
    return fitting(width, height, scale)


def scale_of(pdf: bytes, scale: float) -> float:
    """The pixels a point that the first page of a PDF gets."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    found = _fitting(page, scale)
    for part in (page, document):
        part.close()
    return found


def render(pdf: bytes, scale: float = USUAL) -> bytes:
    """The PNG at `scale` pixels a point, fewer where the page would be too large."""
    # A library of 8 MB that only a PNG needs.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    bitmap = page.render(scale=_fitting(page, scale), rev_byteorder=True, bitmap_maker=_rows)
    png = _png(bitmap.buffer, bitmap.width, bitmap.height)
    for part in (bitmap, page, document):
        part.close()
    return png


def _rows(width: int, height: int, format: int, *, rev_byteorder: bool) -> "PdfBitmap":
    """A bitmap whose rows end in one byte more: the mark before the next row of a PNG."""
    from pypdfium2 import PdfBitmap

    stride = 3 * width + 1
    return PdfBitmap.new_native(width, height, format, rev_byteorder=rev_byteorder, stride=stride)


def _png(buffer: "Buffer", width: int, height: int) -> bytes:
    """The file format of https://www.w3.org/TR/png-3/: header, data, end."""
    rows = memoryview(buffer).cast("B")
    # Zero marks a row without a filter; filling the page may have written over the marks.
    rows[3 * width :: 3 * width + 1] = bytes(height)
    deflate = zlib.compressobj(_LEVEL)
    data = deflate.compress(b"\0") + deflate.compress(rows[:-1]) + deflate.flush()
    # 8 bits a channel, colour type 2: red, green, blue.
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
