"""From tables as read to tables that answer: names and types linked, atoms, masks, diagrams, Python."""
