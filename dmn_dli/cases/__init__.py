"""Cases: read from files, written on the Cases sheet, with what they expect."""
