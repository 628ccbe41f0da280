"""Where graphs are kept: one small protocol, an embedded Oxigraph, a remote SPARQL 1.1 server."""
