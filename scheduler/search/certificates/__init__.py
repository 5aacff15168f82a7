"""Certificates: what was claimed of a programme of equal slots, proven for anybody to check.

``proving`` has a SAT solver write a proof and trims it; ``checking`` checks one; ``files`` keeps them.
"""
