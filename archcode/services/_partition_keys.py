"""How the keys of a stream or of Kafka's topics spread over its shards or partitions.

All records of a key go to one shard or partition:
https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Self

from archcode.fields import PositiveShare, Settings, refuse
from archcode.shape import Field, model_validator
from archcode.units import grouped


class KeyedSettings(Settings):
    """What an author may say of the keys of the records."""

    partition_keys: Annotated[int, Field(ge=1, le=10**12)] | None = Field(
        None, description="Distinct keys of the records at a time, such as 5000."
    )
    hottest_key_share: PositiveShare | None = Field(
        None,
        description="Share of the records that the busiest key has, such as 20%; its even part of"
        " partition_keys if not stated.",
    )

    @model_validator(mode="after")
    def _the_busiest_key_has_its_even_part(self) -> Self:
        share, keys = self.hottest_key_share, self.partition_keys
        if share is not None and keys is not None and share * keys < 1:
            text = (
                f"has a hottest_key_share of {grouped(share * 100, 6)}%, below the"
                f" {grouped(Fraction(100, keys), 6)}% that each of {grouped(keys)} partition_keys"
                " has on average"
            )
            refuse("hottest_key_below_even_share", text)
        return self

    @property
    def busiest_key(self) -> Fraction | None:
        """The part of the records that the busiest key has at least, where that is known."""
        if self.hottest_key_share is not None or self.partition_keys is None:
            return self.hottest_key_share
        return Fraction(1, self.partition_keys)

    @property
    def busiest_key_text(self) -> str:
        """That part, for a reader."""
        if self.hottest_key_share is not None:
            return f"the busiest key has {grouped(self.hottest_key_share * 100)}% of the records"
        if self.partition_keys == 1:
            return "all records have one key"
        share = grouped((self.busiest_key or Fraction(0)) * 100)
        return f"each of {grouped(self.partition_keys or 0)} keys has {share}% of the records"

    @property
    def keys_setting(self) -> str:
        """The setting that says how busy the busiest key is."""
        return "partition_keys" if self.hottest_key_share is None else "hottest_key_share"
