"""Who was taught what, from which content, and what came of it: a class's evidence as PDF and XLSX.

results.py reads what was handed in, version.py says what was taught from, clauses.py what of the law that covers;
model.py puts them together, report.py says it in words and tables, pdf.py and xlsx.py write those down.
"""
