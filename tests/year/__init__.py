"""The simulated year: everything the office does in 365 days, under faults and kills, in simulated time.

`python -m tests.year.run --seed 1` (or `make year ARGS="--seed 1"`) plays it and prints a table; exit code 1 when anything
is lost, doubled, or counted wrongly.
"""
