"""What others use: DMN models in XML, and other people's workbooks, read and written."""
