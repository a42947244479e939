"""The staff's pages under /desk: look up, records, open questions, corpus, overview. Plain HTML, made on the server."""
