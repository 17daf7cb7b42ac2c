"""The audit of `make chaos` finds whatever is taken away, added or changed, and nothing else."""
