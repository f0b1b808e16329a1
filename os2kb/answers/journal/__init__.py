"""What is remembered of questions and answers: the cache, the log, votes and open questions."""
