"""Rules about citizens: letters, subscriptions, templates of subscription notices."""
