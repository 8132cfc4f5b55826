"""What is wrong with a price overlay or with a price file."""

from __future__ import annotations

from archcode.catalogue._known import ERROR, WARNING, Known

OVERLAYS = (
    Known("discounted_twice", ERROR, "Of two percentages for one meter nobody knows which holds."),
    Known("missing_meter", ERROR, "An own rate is that of one meter; a type has several."),
    Known("never_listed", ERROR, "What has no list price has nothing to be discounted."),
    Known("rated_twice", ERROR, "Of two rates for one meter and region only one can hold."),
    Known("unknown_meter", ERROR, "A misspelt meter would leave the list price in force."),
)
"""Raised where a price overlay is read."""
FILES = (
    Known("bad_date", ERROR, "Without a day nobody can tell how old a price is."),
    Known("bad_meter", ERROR, "No service asks for a meter of such a name, so the row is dead."),
    Known("bad_rate_code", ERROR, "A price without AWS's own code cannot be compared with AWS's."),
    Known("bad_tier_bound", ERROR, "A tier whose bounds are no exact numbers cannot be counted."),
    Known("date_in_future", ERROR, "A price cannot have been read tomorrow."),
    Known("duplicate_rate_code", ERROR, "One of two rows with one rate code has another's price."),
    Known("duplicate_row", ERROR, "Of two rows for the same tier one would win in silence."),
    Known("empty_tier", ERROR, "A tier that ends where it begins prices nothing."),
    Known("free_tier_without_end", ERROR, "An allowance without an end makes everything free."),
    Known("negative_price", ERROR, "A price below zero would make money out of traffic."),
    Known("old_price", WARNING, "Prices of long ago may have changed since."),
    Known("price_missing", ERROR, "Without a price the cost is unknown, and nothing says why."),
    Known("price_not_exact", ERROR, "A price in another form than all its digits may be rounded."),
    Known("row_without_source", ERROR, "A price that nobody can look up again proves nothing."),
    Known("tier_gap", ERROR, "Usage between two tiers, or above the last one, has no price."),
    Known("tier_overlap", ERROR, "Usage in two tiers at once would be charged twice."),
    Known("unit_changes", ERROR, "Tiers in different units cannot follow each other."),
    Known("unknown_confidence", ERROR, "Nobody can tell how far such a row is to be trusted."),
    Known("unsorted_row", ERROR, "Rows out of order make two price books hard to compare."),
    Known("wrong_columns", ERROR, "A row with other columns is read as another row."),
)
"""Raised by `archcode prices verify`, and by the refresh of the book."""

PRICES = {"Price overlays": OVERLAYS, "Price files": FILES}
