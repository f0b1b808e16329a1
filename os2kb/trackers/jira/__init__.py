"""Jira, on the Cloud and in a data center."""

from os2kb.trackers.jira.adapter import Jira
from os2kb.trackers.jira.connect import connect

__all__ = ["Jira", "connect"]
