"""The knowledge index: documents in, ranked and quotable passages out.

Knows documents and passages; knows nothing of GitHub, Jira or HTTP.
"""
