"""A page of PDF as pixels, with the fonts that it carries and no others."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 3
"""A tenth larger than zlib's default and twice as fast, which is most of a picture's time."""


def render(pdf: bytes, *, scale: float = 2, longest_side: int = 4096) -> bytes:
    """The PNG at `scale` pixels a point, fewer where the page would exceed the longest side."""
    # A library of 7 MB that only a PNG needs.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    fitting = min(scale, longest_side / max(page.get_size()))
    bitmap = page.render(scale=fitting, rev_byteorder=True)
    rows = _rows(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    png = _png(rows, bitmap.width, bitmap.height)
    for part in (bitmap, page, document):
        part.close()
    return png


def _rows(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows of red, green and blue, each behind a zero: the mark of a row without a filter."""
    return b"".join(b"\0" + pixels[y * stride : y * stride + 3 * width] for y in range(height))


def _png(rows: bytes, width: int, height: int) -> bytes:
    """The file format of https://www.w3.org/TR/png-3/: header, data, end."""
    # 8 bits a channel, colour type 2: red, green, blue.
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, _LEVEL)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
