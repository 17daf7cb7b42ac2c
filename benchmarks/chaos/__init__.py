"""newswire under faults on Apache Kafka, and the proof that nothing came of them.

Read `load` (what is published), `plan` (what goes wrong), `calm` (what should come of it) and
`audit` (whether it did): these four are pure. The rest starts, breaks, stops and reads.
"""
