"""One file per output; each takes a value and returns text or bytes."""
