"""Why a determination came out, what would change it, and what to ask next."""
