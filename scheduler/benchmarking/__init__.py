"""Benchmarks: suites of cases, runs in processes of their own, and reports of what they came to.

Nothing here searches: our own solver is run as the command that everybody runs, other solvers as scripts.
"""
