"""The sections of a Policy, one a file; `rules/` holds the options of each rule."""
