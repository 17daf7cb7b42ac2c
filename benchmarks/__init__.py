"""How fast: `make bench CORPUS=DIRECTORY`. A corpus is JSON Lines with lang, title and body."""
