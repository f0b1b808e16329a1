"""How good the answers are, not only the search behind them; and how it is told."""
