"""Workbooks (计算表): tables whose columns say how they are worked out, on the page and as XLSX."""
