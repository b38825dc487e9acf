"""What is answered, and in which words: reviewed answers to second questions."""
