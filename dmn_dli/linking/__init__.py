"""From a workbook to a linked policy: names, types, cells and outputs, every problem a finding."""
