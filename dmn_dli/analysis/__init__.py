"""Questions put to the tables: are they complete, do rules overlap, which never win."""
