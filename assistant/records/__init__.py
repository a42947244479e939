"""Records: answers, votes, open questions, staff and what they did, in SQLite or PostgreSQL.

One module a concern, each with small functions over an open ``Records``; one call is one transaction.
"""
