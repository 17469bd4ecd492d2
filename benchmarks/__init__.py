"""A county on demand and two yardsticks: how fast zyw is, and against what. Run by hand: `python -m benchmarks.run`."""
