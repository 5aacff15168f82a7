"""Candidates for what may go wrong with a programme, each kind a function: to people, and to places."""
