"""An xlsx file that is changed in place: parts that must change are spliced, all others stay byte for byte.

It knows cells, rows, styles, notes and sheets, and nothing of decision tables (ECMA-376, parts 1 and 2).
"""
