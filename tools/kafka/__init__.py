"""Apache Kafka itself, for tests and for trying things out, with Java and without Docker.

- `python -m tools.kafka fetch` gets its jars into `.kafka/libs`, once;
- `python -m tools.kafka run -- COMMAND` runs a node for as long as a command;
- `python -m tools.kafka run` does so until Ctrl-C;
- `python -m tools.kafka possible` ends with status 0, or 1 and a line that says what is missing.
"""
