"""Questions about the price book: what is in it, what is not and why, and whether it is sound."""
