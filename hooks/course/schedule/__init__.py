"""Timetables: the model and its rules, the clock they follow, and the table they become."""
