"""Answers: retrieve, compose, verify, abstain."""
