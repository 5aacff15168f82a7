"""Why there is no schedule and what would help; what is built on a schedule that is there."""
