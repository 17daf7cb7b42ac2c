"""Programs for developers; no part of what is installed."""
