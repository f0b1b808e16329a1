"""Preview: what a Policy that is proposed in a pull request would change."""
