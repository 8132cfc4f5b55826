"""Monte Carlo over a topology: the cost of a spec in many samples of what is not known well."""
