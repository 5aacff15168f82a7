"""The constraint model: the only package that knows OR-Tools.

``build`` makes it from a problem; ``engine`` runs it; ``extract`` turns values into a solution.
"""
