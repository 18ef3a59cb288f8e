"""What an edit changes, for the person who is to approve it."""
