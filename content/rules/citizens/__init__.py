"""Rules about citizens: what kind of message it is, letters, subscriptions, templates of subscription notices."""
