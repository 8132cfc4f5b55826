"""AmazonEC2: shared Linux instances on demand; only the sizes that the book has."""

from archcode.offers.match import Match

MATCHES = (
    Match(
        "linux_ondemand_{type}",
        r"BoxUsage:(?P<type>[a-z0-9-]+\.[a-z0-9-]+)",
        {
            "family": "Compute Instance",
            "tenancy": "Shared",
            "operatingsystem": "Linux",
            "preinstalledsw": "NA",
            "licensemodel": "No License required",
            "capacitystatus": "Used",
        },
    ),
)
