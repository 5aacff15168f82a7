"""How jobs are run: claimed from the queue, started by an engine, watched, and their results entered."""
