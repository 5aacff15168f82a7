"""Schedules programmes that travel: who meets whom, where and when."""
