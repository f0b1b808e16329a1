"""What all public pages share: templates, one style sheet, language, Markdown and headers."""
