"""Another name for a fact, label, value, decision, rule or criterion, wherever it stands; proven first."""
