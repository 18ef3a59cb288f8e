"""Cases by the billion: payers' policies as a function for Spark, and the job that answers a folder."""
