"""The values that pass between the stages; all frozen, none knows a service.

`Load` flows through the graph, a service turns its `Traffic` into `Capacity` and `Usage`, the
estimate turns usage into `Charge`, `LimitLoad` is what a limit has to bear, and everything that is
wrong is a `Finding`.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace

from archcode.units import SECONDS_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


ZERO = Fraction(0)
ONE = Fraction(1)


Value = str | int | bool
"""What a setting of the spec may hold, as it is written there."""


class Severity(StrEnum):
    """How much a finding matters: an error fails the run, the others inform."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(Struct, frozen=True):
    """One thing that is wrong or worth knowing, at a place the author can jump to.

    `where` is a path such as `billing.visibility_timeout` or `orders -> billing`; `line` and
    `column` count from 1 and are 0 while the place is not known. `remedy` is the value that the
    setting at `where` should have, where that one change is safe and mends it.
    """

    rule: str
    severity: Severity
    where: str
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0
    remedy: Value | None = None

    def at(self, line: int, column: int) -> Finding:
        """The same finding at a place in the text."""
        return replace(self, line=line, column=column)


LimitKind = Literal["hard", "adjustable", "range", "guideline"]


class LimitLoad(Struct, frozen=True):
    """A load on one limit at the peak, in the limit's unit, whether it fits or not.

    Where it does not fit, it is the finding `rule` at `where`: `words` say what loads the limit
    that is called `name`, and `bound` what they are above, where `kind` and `scope` do not.
    `component` is the one that is limited. Of the loads of a component that are `about` the same
    only the first that does not fit is told. `remedy` is that of the finding; `told` is the whole
    finding, where it has words of its own. `shared` is a quota that everything in an account and
    region shares; `component` is then the largest of them.
    """

    rule: str
    severity: Severity
    component: str
    where: str
    name: str
    load: Fraction
    most: Fraction
    unit: str
    words: str
    kind: LimitKind | Literal["configured"] = "hard"
    scope: str = ""
    shared: bool = False
    bound: str = ""
    hint: str = ""
    about: str = ""
    remedy: Value | None = None
    told: Finding | None = None

    @property
    def exceeded(self) -> bool:
        """Whether the load is above the limit."""
        return self.load > self.most

    @property
    def headroom(self) -> Fraction:
        """What is left of the limit, as a part of it; below zero where it is exceeded."""
        return 1 - self.load / self.most if self.most else Fraction(-1)


class Load(Struct, frozen=True):
    """What flows: mean and peak messages/s and mean bytes/s, exact, and the month they fill."""

    messages_per_second: Fraction = ZERO
    peak_messages_per_second: Fraction = ZERO
    bytes_per_second: Fraction = ZERO
    hours_per_month: Fraction = Fraction(730)

    @property
    def message_size_bytes(self) -> Fraction:
        """Mean size of a message in bytes; 0 where nothing flows."""
        if not self.messages_per_second:
            return ZERO
        return self.bytes_per_second / self.messages_per_second

    @property
    def peak_bytes_per_second(self) -> Fraction:
        """Bytes/s at the peak rate, at the mean size."""
        return self.peak_messages_per_second * self.message_size_bytes

    @property
    def monthly_messages(self) -> Fraction:
        """Messages in a month at the mean rate."""
        return self.messages_per_second * self.seconds

    @property
    def monthly_bytes(self) -> Fraction:
        """Bytes in a month at the mean rate."""
        return self.bytes_per_second * self.seconds

    @property
    def seconds(self) -> Fraction:
        """Seconds in the month."""
        return self.hours_per_month * SECONDS_PER_HOUR

    def times(self, factor: Fraction) -> Load:
        """The same messages, `factor` times as many."""
        if factor == 1:
            return self
        return Load(
            self.messages_per_second * factor,
            self.peak_messages_per_second * factor,
            self.bytes_per_second * factor,
            self.hours_per_month,
        )

    def gathered(self, batch: Fraction) -> Load:
        """The same bytes in fewer messages, `batch` in one."""
        return replace(
            self,
            messages_per_second=self.messages_per_second / batch,
            peak_messages_per_second=self.peak_messages_per_second / batch,
        )

    def __add__(self, other: Load) -> Load:
        """Both loads together; peaks add up, since they may coincide."""
        return replace(
            self,
            messages_per_second=self.messages_per_second + other.messages_per_second,
            peak_messages_per_second=(
                self.peak_messages_per_second + other.peak_messages_per_second
            ),
            bytes_per_second=self.bytes_per_second + other.bytes_per_second,
        )


class Reference(Struct, frozen=True):
    """A setting that names another component, and the types it may have (none: any)."""

    path: tuple[str, ...]
    target: str
    types: tuple[str, ...] = ()


class Production(Struct, frozen=True):
    """Messages that a component makes by itself: mean and peak messages/s, and bytes of each."""

    messages_per_second: Fraction
    peak_messages_per_second: Fraction
    message_size_bytes: Fraction


Invocation = Literal["synchronous", "asynchronous", "polled"]


class ServiceSettings:
    """What every service's settings have in common, as other services may ask for it."""

    outside: ClassVar[bool] = False
    """Whether this is no AWS service: drawn, and reached over a protocol that is stated."""
    over_internet: ClassVar[bool] = False
    """Whether what goes to it leaves AWS over the internet, where no frame says otherwise."""
    managed_poller: ClassVar[bool] = False
    """Whether AWS polls queues and streams for this consumer."""
    keeps_batches: ClassVar[bool] = False
    """Whether it hands on a batch as it came in, as far as its `batches` allow."""
    retries_events: ClassVar[bool] = False
    """Whether it queues what it is invoked with, and retries by itself, as a function does."""

    own_rate: ClassVar[str] = ""
    """The setting that makes it send something without anything flowing into it, if one does."""

    @property
    def invokes(self) -> Invocation:
        """How this component calls a function: and waits, or not, or a poller fetches batches."""
        return "synchronous"

    def references(self) -> tuple[Reference, ...]:
        """The other components that the settings name."""
        return ()

    def calls(self) -> tuple[Reference, ...]:
        """Components that this one calls for every message and waits for, such as a transform."""
        return ()

    def produced(self) -> Production | None:
        """What this component sends without anything flowing into it, as a schedule does."""
        return None

    def kms_key(self) -> str | None:
        """The key that the author names for what this component holds."""
        return None

    def size_factor(self) -> Fraction:
        """Bytes that it sends on of each byte it takes: less than 1 where it compresses."""
        return ONE

    def dead_letter_target(self) -> str | None:
        """The queue that takes what this component gives up."""
        return None

    def dead_letters_of(self, _invoked: Invocation) -> str | None:
        """Where this component puts what it gives up of a caller or source of this kind."""
        return self.dead_letter_target()

    def asynchronous_deliveries(self) -> int:
        """How often a pushed message is tried on this target before it is given up."""
        return 1

    def must_answer(self) -> bool:
        """Whether every caller gets an answer, so that its size has to be known."""
        return True

    def answer_seconds(self) -> Fraction | None:
        """Seconds that this component waits for the answer of what it calls, where it gives up."""
        return None

    def handles_duplicates(self) -> bool:
        """Whether the same message twice has the effect of one."""
        return False

    def ordered_groups(self) -> int | None:
        """In how many groups it keeps the order of messages, where the author says so."""
        return None

    def archived_days(self) -> int | None:
        """For how many days it archives what comes in, 0 without end; None if it does not."""
        return None

    def processing_seconds(self) -> Fraction | None:
        """Seconds one call of this consumer takes, or None where that is not stated."""
        return None


class Capacity(Struct, frozen=True):
    """How much of a resource is needed, and how much the author configured (None: derived).

    What is not `charged`, such as concurrent executions, counts towards limits only: no cost
    follows from it.
    """

    name: str
    required: int
    configured: int | None
    formula: str
    charged: bool = True

    @property
    def provided(self) -> int:
        """What there is, and what is paid for: the configured number, else the required one."""
        return self.required if self.configured is None else self.configured


class Usage(Struct, frozen=True):
    """A metered quantity of one month; `quantity` None means it depends on something unsaid.

    `key` is the word under `usage:` that overrides it, `meter` the dimension in the price book.
    `unit_price` is a price in USD that the author states, where there is no price book to ask.
    """

    key: str
    meter: str
    quantity: Fraction | None
    formula: str
    depends_on: str = ""
    unit_price: Fraction | None = None


ChargeFrequency = Literal["Recurring", "Usage-Based"]


class Meter(Struct, frozen=True):
    """A price dimension of a service: its unit, the words for it, and why it may be free.

    `price_file` names the price file where it is not the service's own (keys, logs, transfer),
    `dimension` the meter in that file where it has another name there.
    """

    name: str
    pricing_unit: str
    description: str
    charge_frequency: ChargeFrequency = "Usage-Based"
    free_because: str = ""
    price_file: str = ""
    dimension: str = ""


class Charge(Struct, frozen=True):
    """One line of the bill, under FOCUS 1.2 column names; money is exact, None is unknown.

    The contracted price and cost are the list ones, unless `contract_terms` says what else was
    agreed.
    """

    resource_name: str
    resource_type: str
    region_id: str
    charge_description: str
    sku_id: str
    pricing_quantity: Decimal | None
    pricing_unit: str
    list_unit_price: Decimal | None
    list_cost: Decimal | None
    charge_frequency: ChargeFrequency
    formula: str
    price_source: str
    price_date: str
    contracted_unit_price: Decimal | None = None
    contracted_cost: Decimal | None = None
    contract_terms: str = ""


class Former(Struct, frozen=True):
    """A value of a limit that no longer holds, or never did: who said it, and when."""

    value: str
    said: str
    as_of: str


class Limit(Struct, frozen=True):
    """A limit of a service with its source and date.

    `kind` is `hard` (a finding is an error), `adjustable` (a quota: a warning that names its
    default), `range` (a bound of a setting) or `guideline` (advice). `regions` overrides
    `value` where AWS sets another one. `formerly` are values that older documents state.
    """

    name: str
    value: Fraction | int
    unit: str
    kind: LimitKind
    scope: str
    source: str
    as_of: str
    regions: Mapping[str, int] | None = None
    formerly: tuple[Former, ...] = ()

    def in_region(self, region: str) -> Fraction:
        """The limit that holds in a region."""
        if self.regions and region in self.regions:
            return Fraction(self.regions[region])
        return Fraction(self.value)


Verdict = Finding | LimitLoad
"""What a check yields: a defect, or a load on a limit that may be one."""
