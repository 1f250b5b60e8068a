"""From activities to files; one module a format."""
