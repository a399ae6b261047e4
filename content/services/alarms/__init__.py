"""Alarms: raised and closed, the watch, the daily post check, the webhook, metrics."""
