"""What citizens wrote and wait for: questions, letters, subscriptions, news."""
