"""Options of the rules for pull requests, parted as the rules are."""
