"""What conditions over facts say of them: one small theory a file, each with its page in docs/theories/."""
