"""What the office says, owes and keeps. No web, no HTTP client, no clock daemon."""
