"""The same functions as the command line, for teams: HTTP, a store, durable jobs; no solving logic."""
