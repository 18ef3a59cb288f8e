"""DMN 1.1 to 1.5: models as XML says them, lowered to FEEL and to tables, and written anew."""
