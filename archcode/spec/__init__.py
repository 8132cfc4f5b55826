"""What the author wrote: text with positions, then a frozen Spec."""
