"""The formats of case files, a module each: named as the files' ending, its `entries(path)` reads one.

To add a format, write its module here and its ending into FORMATS of `cases/files.py`. `entries` yields an
Entry for each case, and raises CasesFileError for a file that it cannot read.
"""
