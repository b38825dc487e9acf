"""Asking: from a message to typed queries over series, areas and periods. The answers are made elsewhere."""
