"""What deploy/ holds is read by the programs that would run it, and by linters that know it."""
