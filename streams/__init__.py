"""How it flows. Read `pipeline.py` first."""
