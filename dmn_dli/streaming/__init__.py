"""Files of cases of any size through payers' policies, in bounded memory and in their order."""
