"""Activities and profiles as arrays: the only place where objects become numbers."""
