"""Values to Spec: every component, flow, group and view checked, all problems told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from archcode.draw.picture import Direction
from archcode.errors import SpecError
from archcode.model import Reference
from archcode.regions import REGIONS
from archcode.spec.alternatives import Patch, read_patches
from archcode.spec.budget import read_budgets
from archcode.spec.components import read_components
from archcode.spec.flows import read_flows
from archcode.spec.groups import read_groups
from archcode.spec.load import Document, Path, Value, load
from archcode.spec.model import Alternative, Spec
from archcode.spec.notes import Notes
from archcode.spec.patching import Patching
from archcode.spec.problems import nearest, suggestion
from archcode.spec.profiles import read_profiles
from archcode.spec.ranges import ENDS, End, raised, read_ranges, with_ends, with_values
from archcode.spec.scenarios import patched, read_scenarios
from archcode.spec.views import read_views
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.model import Finding
    from archcode.spec.scenario import Scenario

SECTIONS = (
    "title",
    "region",
    "direction",
    "components",
    "flows",
    "groups",
    "views",
    "profiles",
    "scenarios",
    "budgets",
    "alternatives",
)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


def parse(text: str) -> Spec:
    """A Spec from YAML text; raises SpecError with every problem, in the order of the text."""
    return _Parser(load(text)).spec()


def parse_document(document: Document) -> Spec:
    """A Spec from a document that is loaded, or was changed since; raises SpecError."""
    return _Parser(document).spec()


def in_scenario(spec: Spec, scenario: Scenario) -> Spec:
    """The spec with the settings of a scenario; its traffic is not multiplied.

    Raises SpecError with every problem, at its place in the scenario.
    """
    changed = _Parser(patched(spec.document, scenario, spec.flows)).spec()
    return replace(changed, title=f"{spec.title} ({scenario.label})", scenario=scenario.name)


def valued(spec: Spec, values: Mapping[Path, Value]) -> Spec:
    """The spec with these values in the place of its ranges, the typical ones where none is given.

    A peak that is then below its rate is raised to it. Raises SpecError.
    """
    chosen = {one.path: values.get(one.path, one.typical) for one in spec.ranges}
    document = raised(with_values(spec.document, chosen), chosen)
    changed = _Parser(replace(document, value=_without_others(document.value))).spec()
    return replace(changed, title=spec.title, scenario=spec.scenario)


def at_end(spec: Spec, end: End) -> Spec:
    """The spec with one end of each of its ranges; raises SpecError."""
    document = with_ends(spec.document, spec.ranges, end)
    return _Parser(replace(document, value=_without_others(document.value))).spec()


def _without_others(value: Value) -> Value:
    """The top of a document without the specs that could be made of it."""
    others = ("alternatives", "scenarios")
    return {k: v for k, v in value.items() if k not in others} if isinstance(value, dict) else value


class _Parser(Notes):
    """Reads the top level of a spec, and what its parts say of each other."""

    def spec(self) -> Spec:
        written, ranges = self.document, read_ranges(self)
        top = self.document.value
        if not isinstance(top, dict):
            fact = f"the spec is {quoted(top)}, not a mapping of {', '.join(SECTIONS)}"
            self.note((), "wrong_type", "", fact)
            raise self.failure()
        for key in top:
            if key not in SECTIONS:
                message = f"the spec has no key {quoted(key)}"
                self.note((key,), "unknown_key", "", message, suggestion(key, SECTIONS), key=True)
        title = self.text(top, "title", "Untitled")
        region = self.region(self.text(top, "region", ""))
        components = read_components(self, top)
        flows = read_flows(self, top.get("flows"))
        groups = read_groups(self, top.get("groups"))
        spec = Spec(
            title,
            region,
            components,
            flows,
            groups,
            written,
            self.direction(top),
            read_views(self, top.get("views"), groups),
            scenarios=read_scenarios(self, top.get("scenarios"), flows),
            budgets=read_budgets(self, top.get("budgets"), groups),
            ranges=ranges,
            profiles=read_profiles(self, top.get("profiles"), flows),
        )
        self.references(spec)
        self.document = written
        patches = read_patches(self, top.get("alternatives"))
        if self.problems or self.document.problems:
            raise self.failure()
        self.problems += [problem for one in spec.scenarios for problem in _odd(spec, one)]
        self.problems += [problem for end in ENDS for problem in _odd_end(spec, end)]
        if self.problems:
            raise self.failure()
        return replace(spec, alternatives=self.alternatives(patches)) if patches else spec

    def alternatives(self, patches: tuple[Patch, ...]) -> tuple[Alternative, ...]:
        """Each alternative as a spec, read by the same rules; the problems of all of them."""
        found: list[Alternative] = []
        for patch in patches:
            try:
                made = _Parser(Patching(self.document, patch).document()).spec()
                found.append(Alternative(patch, made))
            except SpecError as error:
                self.problems += error.findings
        if self.problems:
            self.problems = list(dict.fromkeys(self.problems))
            raise self.failure()
        return tuple(found)

    def failure(self) -> SpecError:
        """All problems in the order of the text; what is no YAML of ours needs no second one."""
        odd = self.document.problems
        places = {(problem.line, problem.column) for problem in odd}
        others = [f for f in self.problems if (f.line, f.column) not in places]
        ordered = sorted([*odd, *others], key=lambda f: (f.line, f.column, f.rule, f.message))
        return SpecError(ordered)

    def text(self, top: dict[str, Value], key: str, default: str) -> str:
        """A text at the top level."""
        if key in top:
            return self.words((key,), key, top[key], default)
        if key == "region":
            hint = "say where it runs, such as region: us-east-1"
            self.note((), "missing_key", "", "the spec needs a region", hint)
        return default

    def region(self, region: str) -> str:
        """A region that AWS has."""
        if region and region not in REGIONS:
            message = f"{quoted(region)} is no AWS region"
            hint = suggestion(region, REGIONS, "known")
            self.note(("region",), "unknown_region", "region", message, hint)
        return region

    def direction(self, top: dict[str, Value]) -> Direction:
        """Where flows lead in the picture."""
        asked = top.get("direction", "auto")
        for known in DIRECTIONS:
            if asked == known:
                return known
        fact = f"is {quoted(asked)}; allowed: {', '.join(DIRECTIONS)}"
        near = nearest(asked, DIRECTIONS) if isinstance(asked, str) else ""
        hint = f"did you mean {near}?" if near else ""
        self.note(("direction",), "unknown_value", "direction", fact, hint)
        return "auto"

    def references(self, spec: Spec) -> None:
        """Settings that name another component name one that exists and fits."""
        for component in spec.components.values():
            settings = component.settings
            for reference in (*settings.references(), *settings.calls()):
                self.reference(spec, component.name, reference)
        for flow in spec.flows:
            taker = flow.settings.on_failure
            if taker is not None and taker not in self.names:
                where = f"{flow.source} -> {flow.target}.on_failure"
                hint = self.suggested(taker, tuple(self.names))
                message = f"{quoted(taker)} is no component"
                self.note((*flow.path, "on_failure"), "unknown_component", where, message, hint)

    def reference(self, spec: Spec, name: str, reference: Reference) -> None:
        """One such setting."""
        path: Path = ("components", name, *reference.path)
        where, target = ".".join((name, *reference.path)), reference.target
        if target not in self.names:
            hint = self.suggested(target, tuple(self.names))
            self.note(path, "unknown_component", where, f"{quoted(target)} is no component", hint)
            return
        found = spec.components.get(target)
        if found and reference.types and found.type not in reference.types:
            fits = " or ".join(reference.types)
            message = f"{target} is of type {found.type}; it must be {fits}"
            self.note(path, "wrong_type", where, message)


def _odd(spec: Spec, scenario: Scenario) -> list[Finding]:
    """What is wrong with a spec only as a scenario changes it."""
    if not (scenario.region or scenario.components or scenario.flows):
        return []
    try:
        in_scenario(spec, scenario)
    except SpecError as error:
        words = f", in scenario {scenario.name}"
        return [replace(found, message=f"{found.message}{words}") for found in error.findings]
    return []


def _odd_end(spec: Spec, end: End) -> list[Finding]:
    """What is wrong with a spec only at one end of its ranges."""
    if not spec.ranges or end == "typical":
        return []
    try:
        at_end(spec, end)
    except SpecError as error:
        words = f", at the {end} end of its ranges"
        return [replace(found, message=f"{found.message}{words}") for found in error.findings]
    return []
