"""A driver that drives nothing: with it, the database has drivers for its boxes."""
