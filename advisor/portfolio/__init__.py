"""Many units at once: read, advised as columns, written, and looked at as a whole. Needs the extra `portfolio`."""
