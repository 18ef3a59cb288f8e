"""Other people's layouts of decision tables in spreadsheets: one file a layout, and the pieces they share."""
