"""The clinician's page: one HTML file to read, to try cases on, and to check one's own workbooks with."""
