"""What a person sees of a stored policy: read from the graph, shaped for pages, the terminal and GraphQL.

In: a graph that answers SPARQL. Out: frozen views (`model`), fetched in a few queries (`fetch`).
"""
