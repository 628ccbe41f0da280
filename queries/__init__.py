"""The graph: open it, ask it, report on it. Knows no ingest."""
