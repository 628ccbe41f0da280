"""Everything a client touches: the command line and the HTTP server."""
