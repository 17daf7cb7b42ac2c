"""The steps of the pipeline: pure functions, one idea each, none importing another."""
