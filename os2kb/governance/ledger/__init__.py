"""What the ledger proves: whose a label or a comment is, and what is to be left alone."""
