"""Watched folders: what changed in them, seen by events and by scans."""
