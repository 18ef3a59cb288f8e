"""What answers the open page: runs inside the page's engine, and knows no browser."""
