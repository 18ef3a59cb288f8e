"""The decision requirements graph of a policy: what requires what, and where it stands in a picture."""
