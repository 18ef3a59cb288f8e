"""Text: into which classes conditions such as `starts with` part all strings."""
