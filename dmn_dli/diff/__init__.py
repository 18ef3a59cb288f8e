"""What changed between two versions of a policy, and where two policies decide differently."""
