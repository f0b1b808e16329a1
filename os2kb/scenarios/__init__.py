"""Scenarios: a Policy tried on made-up issues and pull requests, before it meets real ones."""
