"""Documents for people: one model in between (`document`), made by `gathering`, and a writer for each format."""
