"""From bytes of any supported kind to a `Document`: canonical text, structure and a map back to the source."""
