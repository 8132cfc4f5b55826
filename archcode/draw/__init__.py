"""From what to draw (a picture) to where everything goes (a scene)."""
