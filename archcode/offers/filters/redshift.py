"""AmazonRedshift: serverless processing units, not those of a commitment."""

from archcode.offers.match import Match

MATCHES = (Match("serverless_rpu_hour", "Redshift:ServerlessUsage"),)
