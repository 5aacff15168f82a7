"""Benchmarks: suites of cases, runs in processes of their own, and reports of what they came to.

What measures does not search: our own solver is run as the command that everybody runs, other solvers as
scripts. (Disruptions search, to find out whether a programme can still take place.)
"""
