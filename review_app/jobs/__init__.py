"""The timetable and its runner."""
