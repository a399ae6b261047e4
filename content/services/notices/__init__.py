"""Notices: import, the portal's feed, the catalogue."""
