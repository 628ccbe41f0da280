"""From bytes to statements: read, segment, extract, write as quads. Pure functions over frozen records."""
