"""Minutes of meetings: the decisions in them, each with its quote, as entries to propose."""
