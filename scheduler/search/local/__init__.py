"""Local search: compiled kernels, and the arrays that they work on."""
