"""A problem of equal slots as clauses alone: what SAT solvers, and CP-SAT on its SAT side, are best at."""
