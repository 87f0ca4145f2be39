"""Measurements, printed as ratios from one run; see docs/benchmarks.md."""
