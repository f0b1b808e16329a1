"""Decisions as text: strict and stable, so that writing again changes no byte."""
