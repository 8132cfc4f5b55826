"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli._choosing import FailOn
from archcode.draw.picture import Direction


def complete_rule(incomplete: str) -> list[str]:
    """Names of rules for the shell; of a list the last one."""
    from archcode.names import NAMES

    done, comma, last = incomplete.rpartition(",")
    return [f"{done}{comma}{name}" for name in sorted(NAMES) if name.startswith(last)]


Specs = Annotated[
    list[Path],
    typer.Argument(metavar="SPEC...", help="Spec files, folders of them, or - for standard input."),
]
OneSpec = Annotated[
    Path, typer.Argument(metavar="SPEC", help="A spec file, or - for standard input.")
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")
]
Focus = Annotated[
    str, typer.Option(metavar="COMPONENT", help="Draw this component and what is near it.")
]
Hops = Annotated[int, typer.Option(min=0, max=1000, help="How many flows away --focus reaches.")]
Anyway = Annotated[bool, typer.Option("--anyway", help="Write outputs of specs with errors, too.")]
CheckOnly = Annotated[
    bool, typer.Option("--check", help="Write nothing; fail where an output is stale.")
]
Views = Annotated[
    str,
    typer.Option("--view", metavar="LIST", help="Views of the spec, or all, group, flow or depth."),
]
Turned = Annotated[
    Direction | None,
    typer.Option(
        "--direction", help="Where flows lead: to the right, or down.", show_default=False
    ),
]
Scale = Annotated[
    str, typer.Option("--scale", metavar="N", help="Pixels of a PNG in a point, 0.5 to 8.")
]
ChartThemes = Annotated[
    str, typer.Option("--theme", metavar="LIST", help="Themes of charts: light, dark or both.")
]
Region = Annotated[
    str, typer.Option("--region", metavar="REGION", help="Price as if all ran in this region.")
]
InScenario = Annotated[
    str, typer.Option("--scenario", metavar="NAME", help="Take the spec as in this scenario.")
]
Heat = Annotated[
    str, typer.Option("--heat", metavar="WHAT", help="Colour components by cost or headroom.")
]
HoursPerMonth = Annotated[
    str, typer.Option("--hours-per-month", metavar="HOURS", help="Length of a month, 1 to 744.")
]
NoFreeTier = Annotated[bool, typer.Option("--no-free-tier", help="Leave the free tiers out.")]
Prices = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FOLDER",
        help="Price files to use, in place of ARCHCODE_PRICES or the bundled ones.",
        show_default=False,
    ),
]
Channel = Annotated[
    str,
    typer.Option("--channel", metavar="COMPONENT", help="The queue, topic, bus, stream or broker."),
]
Consumers = Annotated[
    int,
    typer.Option(
        "--consumers",
        metavar="N",
        min=0,
        max=50,
        help="As if N consumers read every message; more are like the first.",
        show_default=False,
    ),
]
ThirdPartyCost = Annotated[
    str,
    typer.Option(
        "--third-party-cost",
        metavar="USD",
        help="What a broker that AWS does not run costs a month, all in.",
        show_default=False,
    ),
]
PriceOverlay = Annotated[
    Path | None,
    typer.Option(
        "--price-overlay",
        metavar="FILE",
        help="Negotiated discounts and own rates, as YAML.",
        show_default=False,
    ),
]
CurrencyCode = Annotated[
    str, typer.Option("--currency", metavar="CODE", help="Show amounts in it, such as EUR.")
]
ExchangeRate = Annotated[
    str,
    typer.Option("--exchange-rate", metavar="RATE", help="How much of --currency 1 USD is."),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULE[,RULE]",
        help="Tell findings of these rules only; * is any text.",
        show_default=False,
        autocompletion=complete_rule,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="RULE[,RULE]",
        help="Tell none of these rules; * is any text.",
        show_default=False,
        autocompletion=complete_rule,
    ),
]
FailOnLevel = Annotated[
    FailOn | None,
    typer.Option("--fail-on", help="Least severity that ends with 1.  [default: error]"),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Read it in place of the nearest archcode.toml or pyproject.toml.",
        show_default=False,
    ),
]
