"""Questions that people answer: which are alike, and how an answer becomes knowledge."""
