"""AWS's public price list to price files: readers, filters from products to meters, and changes.

An offer file is read from a binary file object; nothing here opens files or knows a network.
https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html
"""

AWS = "https://pricing.us-east-1.amazonaws.com"
"""Where AWS publishes the list; a mirror has the same paths."""
