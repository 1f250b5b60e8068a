"""From files to activities and profiles, with a list of problems beside them; one module a format."""
