"""The DMN Technology Compatibility Kit: its test cases read, run against our models, and reported."""
