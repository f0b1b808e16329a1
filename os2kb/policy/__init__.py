"""A product's own rules: models of `.github/os2kb.yml`, loader, JSON Schema."""
