"""A page of PDF as pixels, with the fonts that it carries and no others."""

import math
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

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
_BAND = 512
"""Rows that are drawn at once, while another processor packs those before them."""
_WHITE = 0xFFFFFFFF


def load() -> None:
    """Load the library that makes the pixels, for a caller who has time now and not later."""
    import concurrent.futures.thread  # noqa: F401 - to have it loaded

    import pypdfium2  # noqa: F401 - to have it loaded


def fitting(width: float, height: float, scale: float) -> float:
    """The pixels a point that a page gets: fewer than asked for where it would be too large."""
    longest = min(LIMIT, max(LONGEST, LONGEST * scale / USUAL))
    return min(scale, longest / max(width, height), math.sqrt(MOST / (width * height)))


def _fitting(page: "PdfPage", scale: float) -> float:
    width, height = page.get_size()
    return fitting(width, height, scale)


def scale_of(pdf: bytes, scale: float) -> float:
    """The pixels a point that the first page of a PDF gets."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    # The page itself is not loaded for that.
    width, height = document.get_page_size(0)
    document.close()
    return fitting(width, height, scale)


def render(pdf: bytes, scale: float = USUAL) -> bytes:
    """The PNG at `scale` pixels a point, fewer where the page would be too large."""
    # A library of 8 MB that only a PNG needs.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    fits = _fitting(page, scale)
    width, height = (math.ceil(side * fits) for side in page.get_size())
    png = _png(_packed(_bands(page, width, height)), width, height)
    page.close()
    document.close()
    return png


def _bands(page: "PdfPage", width: int, height: int) -> Iterator[memoryview]:
    """The rows of a PNG from the top down, after each the mark that the next has no filter."""
    from pypdfium2 import PdfBitmap, raw

    stride, flags = 3 * width + 1, raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
    for top in range(0, height, _BAND):
        high = min(_BAND, height - top)
        band = PdfBitmap.new_native(width, high, raw.FPDFBitmap_BGR, stride=stride)
        raw.FPDFBitmap_FillRect(band, 0, 0, width, high, _WHITE)
        raw.FPDF_RenderPageBitmap(band, page, 0, -top, width, height, 0, flags)
        rows = memoryview(band.buffer).cast("B")
        # Filling the band may have written over the marks.
        rows[3 * width :: stride] = bytes(high)
        yield rows if top + high < height else rows[:-1]
        band.close()


def _packed(bands: Iterator[memoryview]) -> bytes:
    """All bands in one stream of zlib, each packed while the next is drawn."""
    from concurrent.futures import ThreadPoolExecutor

    deflate, parts = zlib.compressobj(_LEVEL), []
    with ThreadPoolExecutor(1) as packer:
        packed = packer.submit(deflate.compress, b"\0")
        for band in bands:
            parts.append(packed.result())
            packed = packer.submit(deflate.compress, band)
        parts.append(packed.result())
    return b"".join((*parts, deflate.flush()))


def _png(data: bytes, width: int, height: int) -> bytes:
    """The file format of https://www.w3.org/TR/png-3/: header, data, end."""
    # 8 bits a channel, colour type 2: red, green, blue.
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
