"""The profiles of a spec: read, and whether flows name those that there are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archcode.spec.problems import suggestion
from archcode.units import grouped, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archcode.spec.load import Path, Value
    from archcode.spec.model import Flow
    from archcode.spec.notes import Notes
    from archcode.spec.profile import Profile, ProfileText


def read_profiles(notes: Notes, section: Value, flows: Iterable[Flow]) -> dict[str, Profile]:
    """All profiles that flows may name, those of the spec before ours; each flow names one."""
    named = [flow for flow in flows if flow.settings.profile is not None]
    if section is None and not named:
        return {}
    from archcode.spec.profile import BUILT_IN

    own: dict[str, Profile] = {}
    if isinstance(section, dict):
        read = {name: _profile(notes, name, value) for name, value in section.items()}
        own = {name: profile for name, profile in read.items() if profile}
    elif section is not None:
        fact = f"is {quoted(section)}, not a mapping such as {{lunch: {{hours: {{11-14: 100%}}}}}}"
        notes.note(("profiles",), "wrong_type", "profiles", fact)
    written = [*section] if isinstance(section, dict) else []
    for flow in named:
        _known(notes, flow, {**BUILT_IN, **own}, written)
    return {**BUILT_IN, **own}


def _profile(notes: Notes, name: str, value: Value) -> Profile | None:
    """One profile, or None with its problems noted."""
    from archcode.spec.profile import Profile, ProfileText, days_in, hours_in

    path: Path = ("profiles", name)
    where = f"profiles.{name}"
    notes.name(path, name, "profile")
    if not isinstance(value, dict):
        fact = f"is {quoted(value)}, not a mapping such as {{hours: {{11-14: 100%}}}}"
        notes.note(path, "wrong_type", where, fact)
        return None
    text = notes.validate(ProfileText, value, where, path)
    if not isinstance(text, ProfileText):
        return None
    before = len(notes.problems)
    _words(notes, path, "hours", text, hours_in)
    _words(notes, path, "days", text, days_in)
    if len(notes.problems) > before:
        return None
    profile = Profile.read(name, text)
    if not any(profile.weights):
        notes.note(path, "profile_without_traffic", where, "has no traffic in any hour", key=True)
        return None
    return profile


def _words(
    notes: Notes, path: Path, key: str, text: ProfileText, meant: Callable[[str], tuple[int, ...]]
) -> None:
    """Every word stands for hours or days, and none of them stands there twice."""
    where = f"profiles.{path[1]}.{key}"
    form = "9-17, 22-6 or 3" if key == "hours" else "mon-fri, sat or sun"
    seen: Counter[int] = Counter()
    for word in getattr(text, key):
        found = meant(word)
        if not found:
            fact = f"has {quoted(word)}, which stands for no {key}; write {form}"
            notes.note((*path, key, word), "unknown_value", where, fact, key=True)
        elif any(seen[one] for one in found):
            fact = f"says {quoted(word)}, part of which stands there before"
            notes.note((*path, key, word), "hours_said_twice", where, fact, key=True)
        seen.update(found)


def _known(
    notes: Notes, flow: Flow, profiles: Mapping[str, Profile], written: Iterable[str]
) -> None:
    """A flow names a profile that there is, and states no peak below its busiest hour."""
    settings, where = flow.settings, f"{flow.source} -> {flow.target}"
    name = settings.profile or ""
    path: Path = (*flow.path, "profile")
    if name not in profiles:
        if name not in written:
            hint = suggestion(name, tuple(profiles), "known")
            fact = f"{quoted(name)} is no profile"
            notes.note(path, "unknown_profile", f"{where}.profile", fact, hint)
        return
    if settings.rate is None or settings.peak is None:
        return
    busiest = settings.rate * profiles[name].peak_to_mean
    if settings.peak < busiest:
        fact = (
            f"has a peak of {grouped(settings.peak)}/s, below the {grouped(busiest)}/s of the"
            f" busiest hour of {name}"
        )
        notes.note(path, "peak_below_profile", where, fact, "leave the peak or the profile out")
