"""Many samples of a spec's uncertain inputs, each with its exact path through the pipeline."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.errors import SpecError, UsageError
from archcode.sampling.draws import Input, drawn
from archcode.sampling.number import Trace
from archcode.sampling.paths import Found, Paths
from archcode.sampling.result import Sampled, distribution, influences
from archcode.sampling.subject import PEAKS, Subject, Terms, known

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from archcode.sampling.bill import Bill
    from archcode.sampling.program import Floats, Places
    from archcode.spec.load import Path
    from archcode.spec.model import Spec

MOST_PATHS = 300
MOST_EXACT = 500
"""Samples priced one by one where paths run out."""


def sample(
    spec: Spec,
    inputs: Sequence[Input],
    terms: Terms,
    *,
    samples: int = 1_000_000,
    seed: int = 1,
) -> Sampled:
    """The cost of a spec in many samples of its inputs.

    Raises UsageError where there is no input or no sample, SpecError where no sample can be priced.
    """
    if not inputs or samples < 1 or seed < 0:
        raise UsageError("needs an input that varies, 1 sample or more, and a seed of 0 or more")
    paths = [one.path for one in inputs]
    twice = next((one for one in inputs if paths.count(one.path) > 1), None)
    if twice:
        raise UsageError(f"{twice.name} varies twice")
    sampler = Sampler(Subject(spec, terms), inputs, drawn(inputs, samples, seed))
    sampler.run(MOST_PATHS, MOST_EXACT)
    return sampler.result(seed)


class Sampler:
    """Prices samples, given as a column of values for each input.

    `listed` and `agreed` are the costs by sample, NaN where there is none.
    """

    def __init__(
        self, subject: Subject, inputs: Sequence[Input], columns: Sequence[Floats]
    ) -> None:
        import numpy as np

        self.subject, self.inputs, self.drawn = subject, tuple(inputs), tuple(columns)
        self.paths: tuple[Path, ...] = tuple(one.path for one in inputs)
        self.columns: list[Floats] = [*columns]
        self._raise_peaks()
        self.samples = len(columns[0])
        self.listed = np.full(self.samples, np.nan)
        self.agreed = np.full(self.samples, np.nan)
        self.refused = np.zeros(self.samples, dtype=bool)
        self.reasons: dict[str, SpecError] = {}
        self.all_listed = self.all_complete = True
        self.runs = self.exact = 0

    def values(self, at: int, trace: Trace | None = None) -> dict[Path, Fraction | int]:
        """What one sample has at each path, followed by a trace if there is one."""
        whole = {one.path for one in self.inputs if one.whole}
        found: dict[Path, Fraction | int] = {}
        for place, (path, column) in enumerate(zip(self.paths, self.columns, strict=True)):
            value = float(column[at])
            if path in whole:
                found[path] = int(value)
            elif trace is None:
                found[path] = known(value)
            else:
                node = trace.graph.input(place, *self._bounds[place])
                found[path] = trace.number(known(value), node)
        return found

    def run(self, most_paths: int, most_exact: int) -> None:
        """Price all samples: along paths, and one by one what these leave or cannot count."""
        import numpy as np

        self._bounds = [(float(c.min()), float(c.max())) for c in self.columns]
        paths = Paths(self.columns, self._trace, self._take)
        for places in self._combinations():
            paths.add(places)
        paths.follow(most_paths)
        left = np.flatnonzero(~(np.isfinite(self.listed) | self.refused))
        self.listed[left] = self.agreed[left] = np.nan
        self.runs, self.exact = paths.runs, min(len(left), most_exact)
        for at in left[: self.exact]:
            self._one(int(at))

    def result(self, seed: int) -> Sampled:
        """What all of it comes to; raises the first SpecError where no sample has a cost."""
        import numpy as np

        there = ~np.isnan(self.listed)
        evaluated, refused = int(np.count_nonzero(there)), int(np.count_nonzero(self.refused))
        if not evaluated:
            raise next(iter(self.reasons.values()))
        return Sampled(
            self.samples,
            seed,
            evaluated,
            refused,
            self.samples - evaluated - refused,
            self.runs,
            self.exact,
            self.all_listed,
            self.all_complete,
            distribution(self.listed[there]),
            distribution(self.agreed[there]),
            influences(self.inputs, [c[there] for c in self.drawn], self.agreed[there]),
            tuple(self.reasons),
        )

    def _raise_peaks(self) -> None:
        """A peak is never below its rate: where it would be, it is as high."""
        import numpy as np

        for place, path in enumerate(self.paths):
            peak = (*path[:-1], PEAKS.get(str(path[-1]), ""))
            stated = self.subject.value(peak)
            if peak in self.paths:
                other = self.paths.index(peak)
                self.columns[other] = np.maximum(self.columns[other], self.columns[place])
            elif stated is not None:
                self.paths = (*self.paths, peak)
                self.columns.append(np.maximum(self.columns[place], float(stated)))
        for place, path in enumerate(self.paths):
            mean = next((m for m, p in PEAKS.items() if p == path[-1]), "")
            stated = self.subject.value((*path[:-1], mean))
            if mean and stated is not None and (*path[:-1], mean) not in self.paths:
                self.columns[place] = np.maximum(self.columns[place], float(stated))

    def _combinations(self) -> list[Places]:
        """The samples of each combination of whole settings: each is a topology of its own."""
        import numpy as np

        whole = [c for one, c in zip(self.inputs, self.columns, strict=False) if one.whole]
        everything = np.arange(self.samples)
        if not whole:
            return [everything]
        _, which = np.unique(np.stack(whole), axis=1, return_inverse=True)
        which = which.reshape(-1)
        return [everything[which == number] for number in range(int(which.max()) + 1)]

    def _trace(self, trace: Trace, at: int) -> Found[Bill | SpecError]:
        try:
            bill, quantities = self.subject.bill(self.values(at, trace))
        except SpecError as error:
            return Found(error, ())
        return Found(bill, tuple(trace.node(quantity) for quantity in quantities))

    def _take(
        self, found: Bill | SpecError, places: Places, values: Sequence[Floats | float]
    ) -> None:
        if isinstance(found, SpecError):
            self._refuse(found, places)
            return
        self.listed[places], self.agreed[places] = found.totals(values)
        self.all_listed &= found.listed
        self.all_complete &= found.complete

    def _refuse(self, error: SpecError, places: NDArray[np.int64] | int) -> None:
        self.refused[places] = True
        self.reasons.setdefault(str(error).partition("\n")[0], error)

    def _one(self, at: int) -> None:
        """One sample by the exact pipeline."""
        try:
            estimate = self.subject.estimate(self.values(at))
        except SpecError as error:
            self._refuse(error, at)
            return
        self.listed[at], self.agreed[at] = estimate.list_cost, estimate.contracted_cost
        self.all_listed &= estimate.listed
        self.all_complete &= estimate.complete
