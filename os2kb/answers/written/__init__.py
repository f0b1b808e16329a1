"""How an answer is written down: as Markdown for people, as JSON for programs."""
