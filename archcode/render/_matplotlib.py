"""matplotlib as charts need it: our own font, and nothing of the machine or of its user.

Left to itself it reads the `matplotlibrc` of the user, makes folders in the home folder, looks
through all fonts of the machine and writes a list of them. A program that wants these beside our
charts imports matplotlib first: then it stays as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

DPI = 72
"""A point of a page is a pixel at scale 1."""
_RC: tuple[tuple[Any, Any], ...] = (
    ("text.parse_math", False),
    ("svg.fonttype", "path"),
    ("svg.hashsalt", "archcode"),
    ("path.simplify", False),
    ("hatch.linewidth", 1.2),
)


@cache
def load() -> None:
    """Load what draws charts, once; takes about a second."""
    if "matplotlib.font_manager" not in sys.modules:
        _load_quietly()


def font(size: float, *, bold: bool = False) -> FontProperties:
    """Our font by its file: one of the same name on the machine is never taken."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_file("semibold" if bold else "regular"), size=size)


@cache
def _file(name: str) -> str:
    return str(files("archcode.draw") / "fonts" / f"{name}.ttf")


@contextmanager
def settings() -> Iterator[None]:
    """Draw with matplotlib's defaults and our own settings, whatever those of the program are."""
    load()
    import matplotlib as mpl

    with mpl.rc_context():
        # The backend of a program is no look, and stays.
        usual = [(name, value) for name, value in mpl.rcParamsDefault.items() if name != "backend"]
        for name, value in (*usual, *_RC):
            mpl.rcParams[name] = value
        yield


def figure(width: float, height: float, colour: str) -> Figure:
    """An empty page of so many points."""
    from matplotlib.figure import Figure

    return Figure((width / DPI, height / DPI), dpi=DPI, facecolor=colour)


def _load_quietly() -> None:
    with _own_defaults():
        import matplotlib as mpl
    usual = mpl.get_cachedir
    # Asked for by matplotlib.font_manager just before it looks for fonts.
    mpl.get_cachedir = _without_fonts
    try:
        from matplotlib.backends import backend_agg, backend_svg  # noqa: F401 - to have them loaded
    finally:
        mpl.get_cachedir = usual


@contextmanager
def _own_defaults() -> Iterator[None]:
    """While it is loaded, matplotlib takes its own settings for those of the user."""
    spec, name = find_spec("matplotlib"), "MATPLOTLIBRC"
    folders = spec.submodule_search_locations if spec else None
    before = os.environ.get(name)
    os.environ[name] = f"{(folders or [''])[0]}/mpl-data/matplotlibrc"
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def _without_fonts() -> str:
    """A folder without a list of fonts; those that come with matplotlib are all that is found."""
    import matplotlib as mpl

    manager: Any = sys.modules.get("matplotlib.font_manager")
    find = getattr(manager, "findSystemFonts", None)
    if find:
        manager.findSystemFonts = lambda paths=None, fontext="ttf": (
            find(paths, fontext=fontext) if paths else []
        )
        manager.json_dump = lambda *_: None
    return mpl.get_data_path()
