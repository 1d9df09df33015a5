"""What shows calendars: the sheet of a month, the field for a date, the editor of a calendar."""
