"""Cohorts 班次: a timetable with dates, a trainer, a room and participants; its calendar, sheets and checks."""
