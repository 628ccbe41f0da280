"""ClauseGraph: privacy policies as an RDF knowledge graph, every fact tied to its words."""

__version__ = "0.1.0"

__all__ = ["__version__"]
