"""Make the fonts a drawing uses: two subsets of Source Sans Pro and their advance widths.

Run once, by hand, with fonttools, brotli and font-source-sans-pro installed:

    python scripts/fonts.py
"""

from collections.abc import Iterator
from pathlib import Path

import font_source_sans_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE = Path(font_source_sans_pro.__file__).parent / "files"
TARGET = Path(__file__).resolve().parents[1] / "archcode" / "draw" / "fonts"
FAMILY = "Archcode Sans"
WEIGHTS = {"Regular": "SourceSansPro-Regular.ttf", "Semibold": "SourceSansPro-Semibold.ttf"}
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2028), 0x2030, 0x20AC, 0x2192]
FURTHER = [
    *range(0x100, 0x250),  # Latin Extended
    *range(0x370, 0x530),  # Greek and Cyrillic
    *range(0x1E00, 0x2000),  # Latin Extended Additional, Greek Extended
    *range(0x2028, 0x2070),  # punctuation
    *range(0x20A0, 0x20D0),  # currencies
    *range(0x2100, 0x2200),  # letterlike symbols, number forms, arrows
    *range(0x2200, 0x2270),  # operators
]


def subset(weight: str, code_points: list[int], name: str, flavor: str | None) -> TTFont:
    """Write the glyphs of the code points to a file and return the font it holds."""
    font = TTFont(SOURCE / WEIGHTS[weight], recalcTimestamp=False)
    # Without kerning the width of a text is the sum of its advances, in every renderer.
    options = Options(layout_features=["mark", "ccmp"], notdef_outline=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    rename(font, weight)
    font.flavor = flavor
    font.save(TARGET / name)
    return font


def rename(font: TTFont, weight: str) -> None:
    """Call the font ours: the licence reserves the name Source for the unmodified font."""
    full = f"{FAMILY} {weight}"
    names = {1: full, 2: "Regular", 3: full, 4: full, 6: full.replace(" ", "-")}
    names |= {16: FAMILY, 17: weight}
    table = font["name"]
    kept = [record for record in table.names if record.nameID in {0, 13, 14}]
    table.names = kept
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)


def widths(font: TTFont) -> dict[int, int]:
    """Advance width per code point, in thousandths of the font size."""
    scale = 1000 / font["head"].unitsPerEm
    advances = font["hmtx"].metrics
    return {code: round(advances[glyph][0] * scale) for code, glyph in font.getBestCmap().items()}


def rows(table: dict[int, int]) -> Iterator[str]:
    """One row per sixteen code points; -1 stands for a missing glyph."""
    for first in sorted({code & ~15 for code in table}):
        values = " ".join(str(table.get(first + step, -1)) for step in range(16))
        yield f'        0x{first:04X}: "{values}",'


def module(tables: dict[str, dict[int, int]]) -> str:
    """Python text of the width table."""
    lines = [
        '"""Advance widths of the fonts, in thousandths of an em: made by scripts/fonts.py."""'
    ]
    lines += ["", "ROWS: dict[str, dict[int, str]] = {"]
    for weight, table in tables.items():
        lines += [f'    "{weight.lower()}": {{', *rows(table), "    },"]
    return "\n".join([*lines, "}", ""])


def main() -> None:
    """Write the fonts, the table and the licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    tables = {}
    for weight in WEIGHTS:
        subset(weight, LATIN, f"{weight.lower()}-latin.woff2", "woff2")
        subset(weight, FURTHER, f"{weight.lower()}-further.woff2", "woff2")
        font = subset(weight, LATIN + FURTHER, f"{weight.lower()}.ttf", None)
        tables[weight] = widths(font)
    (TARGET / "widths.py").write_text(module(tables), encoding="utf-8")
    licence = (SOURCE / "LICENSE.txt").read_text(encoding="utf-8", errors="replace")
    (TARGET / "OFL.txt").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
