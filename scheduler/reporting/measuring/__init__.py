"""Each module measures one side of a schedule."""
