"""Programmes of equal slots: bounds, local search, and a race of exact methods."""
