"""AmazonStates: transitions of standard workflows, requests and durations of express ones."""

from archcode.offers.match import Match

MATCHES = (
    Match("standard_state_transitions", "StateTransition", {"group": "SFN-StateTransitions"}),
    Match(
        "express_requests",
        "StepFunctions-Request",
        {"group": "SFN-ExpressWorkflows-Requests"},
    ),
    Match(
        "express_duration",
        "StepFunctions-GB-Second",
        {"group": "SFN-ExpressWorkflows-Duration"},
    ),
    Match(
        "free_tier_standard_state_transitions_per_month",
        "Global-StateTransition",
        account_wide=True,
    ),
)
