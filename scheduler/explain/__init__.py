"""What an organiser asks after the first schedule: what is in conflict, why not, and what now."""
