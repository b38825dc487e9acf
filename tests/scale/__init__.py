"""Several processes are one assistant: real Redis, real PostgreSQL, real servers, killed and brought back."""
