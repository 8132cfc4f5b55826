"""Prices that were negotiated: discounts and own rates over the list prices."""
