"""GitHub's Markdown, https://github.github.com/gfm/ ."""
