"""Text with markup, as GitHub and Jira write it, in one small tree that both can hold."""
