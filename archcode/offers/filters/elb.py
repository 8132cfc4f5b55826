"""AWSELB: hours and capacity units of Application and Network Load Balancers."""

from archcode.offers.match import Match

MATCHES = tuple(
    Match(
        f"{short}_{meter}",
        usage_type,
        {"family": f"Load Balancer-{kind}", "operation": f"LoadBalancing:{kind}"},
    )
    for short, kind, unit in (("alb", "Application", "lcu"), ("nlb", "Network", "nlcu"))
    for meter, usage_type in (("hour", "LoadBalancerUsage"), (f"{unit}_hour", "LCUUsage"))
)
