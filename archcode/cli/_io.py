"""Files and terminal: reading specs and prices, writing outputs all or nothing."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archcode.errors import SpecError, UsageError
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from archcode.cli._agreement import Terms
    from archcode.cli._carrying import Sized
    from archcode.estimate import Estimate
    from archcode.model import Finding
    from archcode.pricebook import PriceBook
    from archcode.review import Choice, Review
    from archcode.spec.model import Spec

SUFFIXES = (".yaml", ".yml")
STDIN = Path("-")


def spec_files(paths: Iterable[Path]) -> list[Path]:
    """The spec files that are meant: files as they are, folders for the YAML files in them.

    A pattern that the shell has left, such as `specs/*.yaml`, stands for the files it matches.
    Raises UsageError for what does not exist, and for two specs with one name, whose outputs
    would overwrite each other.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES)
            if not found:
                raise UsageError(f"{path}: no .yaml file in this folder")
            files += found
        elif path != STDIN and not path.exists():
            files += _matching(path)
        else:
            files.append(path)
    unique = list(dict.fromkeys(files))
    names = [path.stem for path in unique]
    twice = next((p for i, p in enumerate(unique) if names.index(p.stem) != i), None)
    if twice:
        first = unique[names.index(twice.stem)]
        raise UsageError(f"{twice}: has the same name as {first}, so outputs would collide")
    return unique


def _matching(pattern: Path) -> list[Path]:
    """The files that a pattern matches; raises UsageError where it is none, or matches none."""
    if not any(sign in str(pattern) for sign in "*?["):
        raise UsageError(f"{pattern}: no such file")
    top = Path(pattern.anchor) if pattern.is_absolute() else Path()
    try:
        found = top.glob(str(pattern.relative_to(top)))
        files = sorted(path for path in found if path.is_file())
    except (NotImplementedError, ValueError) as error:
        raise UsageError(f"{pattern}: {error}") from None
    if not files:
        raise UsageError(f"{pattern}: matches no file")
    return files


def read_spec(path: Path) -> str:
    """The text of a spec file; raises SpecError when it is no text, UsageError when unreadable."""
    from archcode.spec.load import decode

    return decode(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """What a spec file holds; raises SpecError when it is too large, UsageError when unreadable."""
    from archcode.spec.load import MAX_BYTES, too_large

    try:
        if path == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise too_large(size)
    return data


def load_spec(path: Path) -> Spec:
    """Read and parse a spec."""
    from archcode.spec.parse import parse

    return parse(read_spec(path))


def bundled_prices() -> PriceBook:
    """The price book that ships with archcode."""
    return _book(bundled_folder())


def price_book(folder: Path | None = None) -> PriceBook:
    """The prices of a folder, else of the one that ARCHCODE_PRICES names, else the bundled ones.

    Raises UsageError where the folder has no price file.
    """
    named = os.environ.get("ARCHCODE_PRICES", "")
    if folder is None and not named:
        return bundled_prices()
    place = folder or Path(named)
    price_files(place)
    return _book(place)


def bundled_folder() -> Path:
    """The folder of the bundled prices: inside a wheel, beside the package in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "_pricing"
    return inside if inside.is_dir() else package.parent / "pricing"


def price_files(folder: Path) -> tuple[str, ...]:
    """The names of the price files in a folder; raises UsageError where there is none."""
    try:
        names = sorted(path.stem for path in folder.iterdir() if path.suffix == ".csv")
    except OSError as error:
        raise UsageError(f"{folder}: no folder of prices: {error.strerror}") from None
    if not names:
        raise UsageError(f"{folder}: no price file in this folder")
    return tuple(names)


def read_prices(folder: Path, service: str) -> str | None:
    """The text of a price file, None where there is none; raises UsageError."""
    path = folder / f"{service}.csv"
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8 text from byte {error.start}") from None


def _book(folder: Path) -> PriceBook:
    from archcode.pricebook import PriceBook

    return PriceBook(lambda service: read_prices(folder, service), f"{folder}{os.sep}")


def same(path: Path, data: bytes) -> str:
    """Why a file is not what it should be: "is missing", "is stale", or "" where it is."""
    try:
        return "" if path.read_bytes() == data else "is stale"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def write_all(files: Mapping[Path, bytes], *, mode: int = 0o644) -> None:
    """Write all files or none: each beside its place first, then all renamed.

    Raises UsageError when a folder or file cannot be written.
    """
    # tempfile costs 3 ms to import, and most commands write nothing.
    import tempfile

    waiting: list[tuple[str, Path]] = []
    place = Path()
    try:
        for place, data in files.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir():
                raise IsADirectoryError(21, "is a folder")
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
            waiting.append((name, place))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(mode)
        for name, target in waiting:
            Path(name).replace(target)
    except OSError as error:
        raise UsageError(f"{place}: cannot be written: {error.strerror}") from None
    finally:
        # What was renamed is no longer there; after an error or Ctrl-C the rest goes.
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)


def colour(stream: TextIO) -> bool:
    """Whether to colour a stream: a terminal, unless NO_COLOR is set (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def say(text: str) -> None:
    """Print to standard output, whatever the terminal's encoding can show."""
    _print(text, sys.stdout)


def tell(text: str) -> None:
    """Print to standard error: findings and progress."""
    _print(text, sys.stderr)


def say_bytes(data: bytes) -> None:
    """Put bytes to standard output as they are."""
    with _while_read(sys.stdout):
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


def _print(text: str, stream: TextIO) -> None:
    encoding = stream.encoding or "utf-8"
    with _while_read(stream):
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()


@contextmanager
def _while_read(stream: TextIO) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # The reader has gone (`archcode … | head`): there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise SystemExit(0) from None


def progress(text: str) -> None:
    """A line of progress, on a terminal only."""
    if sys.stderr.isatty():
        tell(f"{text}\n")


@contextmanager
def patience(text: str) -> Iterator[None]:
    """Say what takes so long, on a terminal, once it has taken a second."""
    if not sys.stderr.isatty():
        yield
        return
    import threading

    timer = threading.Timer(1, tell, (f"{text} …\n",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def tell_findings(findings: Iterable[Finding], path: Path) -> None:
    """Findings with file, line and column, on standard error."""
    from archcode.render import findings as lines

    tell(lines.render(findings, shown(path), colour=colour(sys.stderr)))


def shown(path: Path) -> str:
    """A spec as findings name it."""
    return "<stdin>" if path == STDIN else str(path)


def spec_errors(error: SpecError, path: Path) -> None:
    """The problems of a spec that cannot become a topology."""
    tell_findings(error.findings, path)
    tell(f"{number_of_errors(error.findings)}\n")


def number_of_errors(findings: Sequence[Finding]) -> str:
    """How many problems a spec has that cannot become a topology."""
    return f"{len(findings)} {'error' if len(findings) == 1 else 'errors'}"


class Basis(NamedTuple):
    """What a spec is priced and checked by."""

    region: str = ""
    hours_per_month: str = "730"
    free_tier: bool = True
    prices: Path | None = None
    terms: Terms | None = None
    scenario: str = ""


USUAL = Basis()
"""What holds where no option says otherwise."""


def estimate_file(
    path: Path,
    *,
    region: str,
    hours_per_month: str,
    free_tier: bool,
    prices: Path | None = None,
    terms: Terms | None = None,
) -> tuple[Estimate, tuple[Finding, ...]]:
    """Read, carry, price and check one spec; raises SpecError."""
    basis = Basis(region, hours_per_month, free_tier, prices, terms)
    found, reviewed = review_text(read_spec(path), path, basis)
    return found, reviewed.findings


def review_text(
    text: str, path: Path, basis: Basis, choice: Choice | None = None
) -> tuple[Estimate, Review]:
    """Carry, price and review the text of a spec that was read from a path; raises SpecError."""
    found = price_text(text, path, basis)
    return found, review_estimate(found, path, choice)


def review_estimate(estimate: Estimate, path: Path, choice: Choice | None = None) -> Review:
    """Review what the spec of a path was priced at."""
    from archcode.review import EVERYTHING, review

    with patience(f"reviewing {path}"):
        return review(estimate, choice or EVERYTHING)


def price_text(text: str, path: Path, basis: Basis, sized: Sized | None = None) -> Estimate:
    """Carry and price the text of a spec that was read from a path; raises SpecError.

    `sized` is told the topology and its sizes before they are priced, unless the spec has ranges.
    """
    from archcode.cli._carrying import pricing
    from archcode.spec.parse import parse

    price = pricing(basis, sized)
    with patience(f"pricing {path}"):
        spec = parse(text)
        if basis.scenario:
            from archcode.cli._scenarios import in_scenario

            spec = in_scenario(spec, basis.scenario, path)
        return price(spec)


def hours_of(text: str) -> Fraction:
    """Hours of a month; raises UsageError outside 1 to 744."""
    plain = re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,20})?", text)
    hours = Fraction(text) if plain else Fraction(0)
    if not 1 <= hours <= 744:
        raise UsageError(f"--hours-per-month is {quoted(text)}; it must be a number from 1 to 744")
    return hours


def region_of(region: str) -> str:
    """A region that AWS has; raises UsageError."""
    from archcode.regions import REGIONS
    from archcode.spec.problems import suggestion

    if region and region not in REGIONS:
        hint = suggestion(region, REGIONS, "known")
        raise UsageError(f"--region is {quoted(region)}, which is no AWS region; {hint}")
    return region


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)
