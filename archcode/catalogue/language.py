"""What is no spec of ours: text, keys, quantities, arrows, frames, traffic and comments."""

from __future__ import annotations

from archcode.catalogue._known import REFUSED, WARNING, Known

TEXT = (
    Known(
        "alias", REFUSED, "A few lines of aliases can stand for gigabytes, and hide what is said."
    ),
    Known(
        "control_character",
        REFUSED,
        "A character that cannot be shown would break a terminal, a picture or another program.",
    ),
    Known(
        "duplicate_key",
        REFUSED,
        "Of two equal keys one would win in silence, and the reader may have meant the other.",
    ),
    Known("empty_file", REFUSED, "Without components there is nothing to check, price or draw."),
    Known("file_too_large", REFUSED, "Nobody wrote such a file by hand; reading it takes memory."),
    Known("key_not_text", REFUSED, "A key that is a list or a mapping names nothing."),
    Known(
        "nesting_too_deep", REFUSED, "No spec is nested so deep; the text is damaged or hostile."
    ),
    Known("not_text", REFUSED, "A file with control characters is a binary, or is damaged."),
    Known("not_utf8", REFUSED, "In another encoding the names and labels would be read as others."),
    Known("second_document", REFUSED, "A second document in a file would be left out in silence."),
    Known("tag", REFUSED, "A tag would make another kind of value out of what is written."),
    Known("yaml_syntax", REFUSED, "What is no YAML cannot be read; a guess might mean something."),
)
"""Raised while YAML is read."""
KEYS = (
    Known("bad_link", REFUSED, "A picture would carry an address that is unsafe or opens nothing."),
    Known("bad_name", REFUSED, "Such a name cannot stand in an arrow, a file name or a picture."),
    Known("empty_value", REFUSED, "An empty text or list says nothing where something is needed."),
    Known(
        "missing_key", REFUSED, "Without this key the component, flow or group is not described."
    ),
    Known("too_long", REFUSED, "A text or list of that length fits in no picture and no table."),
    Known(
        "unknown_component",
        REFUSED,
        "A name that is no component would leave traffic, a target or a frame out in silence.",
    ),
    Known("unknown_key", REFUSED, "A misspelt key would be dropped, and another thing estimated."),
    Known("unknown_region", REFUSED, "AWS has no such region, so neither prices nor quotas hold."),
    Known("unknown_type", REFUSED, "What has no known type has no limits, no prices and no icon."),
    Known("unknown_value", REFUSED, "AWS knows no such value and would refuse the setting."),
    Known(
        "wrong_type", REFUSED, "A value of another kind than the key takes cannot be understood."
    ),
)
"""Raised where keys, names and values are checked."""
QUANTITIES = (
    Known(
        "missing_unit", REFUSED, "A bare number may be meant per second or per day, KB or bytes."
    ),
    Known("negative_quantity", REFUSED, "Less than nothing can neither flow nor be charged."),
    Known("not_whole", REFUSED, "AWS takes this setting in whole units and would refuse a part."),
    Known("out_of_range", REFUSED, "AWS refuses a setting below its minimum or above its maximum."),
    Known(
        "unknown_unit", REFUSED, "A unit that nobody knows may be off by a factor of a thousand."
    ),
    Known("zero_quantity", REFUSED, "A size or a duration of nothing would make everything free."),
)
"""Raised where quantities are read."""
PAIRS = (
    Known("key_beside_owned_key", REFUSED, "A key of one's own is named where AWS owns the key."),
    Known(
        "key_not_named",
        REFUSED,
        "Encryption with a key of one's own is asked for, and nothing says with which.",
    ),
)
"""Raised where keys for encryption are named."""
GROUPS = (
    Known("group_in_itself", REFUSED, "A frame inside itself cannot be drawn."),
    Known(
        "member_of_two_groups", REFUSED, "A box in two frames cannot be drawn, nor have one home."
    ),
    Known(
        "region_on_other_frame", REFUSED, "Only a frame of kind region says where its boxes run."
    ),
)
"""Raised where frames are read."""
SCENARIOS = (
    Known(
        "ambiguous_flow", REFUSED, "Of several such arrows nobody can tell which one is to change."
    ),
    Known(
        "scenario_of_another_thing",
        REFUSED,
        "With another type or other ends it would be another design, not the same one later.",
    ),
    Known("unknown_flow", REFUSED, "A misspelt arrow would leave the flow as it is, in silence."),
)
"""Raised where scenarios are read."""
BUDGETS = (Known("ambiguous_budget", REFUSED, "Of two things of one name either could be meant."),)
"""Raised where budgets are read."""
VIEWS = (
    Known("depth_without_groups", REFUSED, "Without groups there is nothing that can be closed."),
    Known("hops_with_depth", REFUSED, "A view of closed groups shows everything, however far."),
    Known("until_without_flow", REFUSED, "Only a view that follows a flow can end somewhere."),
    Known("view_of_two_things", REFUSED, "Of two things one would be left out in silence."),
)
"""Raised where views are read."""
TRAFFIC = (
    Known(
        "amplifying_loop",
        REFUSED,
        "Messages that come back as more messages never end, and neither does the bill.",
    ),
    Known("dangling_flow", REFUSED, "An arrow without a component at each end carries nothing."),
    Known(
        "hours_said_twice", REFUSED, "Two shares of the same hour leave it open which one holds."
    ),
    Known("peak_below_profile", REFUSED, "A busiest hour above the peak makes limits look kept."),
    Known(
        "peak_below_rate", REFUSED, "A peak below the mean is none; limits would be checked low."
    ),
    Known("peak_without_rate", REFUSED, "A peak alone says nothing of a month, which is charged."),
    Known(
        "profile_without_rate", REFUSED, "A profile spreads a mean; without one it says nothing."
    ),
    Known(
        "profile_without_traffic", REFUSED, "Where no hour has traffic, none can be the busiest."
    ),
    Known("range_of_no_quantity", REFUSED, "Only what can be measured has a lowest value."),
    Known("range_out_of_order", REFUSED, "A low above a high is a slip, and turns totals around."),
    Known("range_without_end", REFUSED, "Without all three values no total can be bounded."),
    Known("rate_without_size", REFUSED, "Without a size neither chunks nor bytes can be counted."),
    Known(
        "source_without_rate",
        REFUSED,
        "Where nothing is said to enter, everything behind it would count as idle.",
    ),
    Known("unknown_profile", REFUSED, "A peak that cannot be told checks no limit."),
)
"""Raised where traffic enters and is carried on."""
COMMENTS = (
    Known(
        "ignore_without_reason",
        WARNING,
        "A finding that is ignored for no stated reason cannot be reviewed, so it is told.",
    ),
    Known("ignore_without_rule", WARNING, "A comment that names no rule ignores nothing."),
    Known(
        "unknown_rule_in_ignore",
        WARNING,
        "A misspelt name ignores nothing, and the finding that was meant is told.",
    ),
    Known(
        "unused_ignore",
        WARNING,
        "A comment that outlives its finding would hide the next one of that name.",
    ),
)
"""Raised about comments that ignore findings."""

LANGUAGE = {
    "YAML": TEXT,
    "Keys and values": KEYS,
    "Quantities": QUANTITIES,
    "Encryption keys": PAIRS,
    "Groups": GROUPS,
    "Views": VIEWS,
    "Scenarios": SCENARIOS,
    "Budgets of a spec": BUDGETS,
    "Traffic": TRAFFIC,
    "Comments": COMMENTS,
}
"""The groups in the order in which a text meets them."""
