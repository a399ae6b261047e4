"""What citizens and the office say to each other: letters, questions, subscriptions, news."""
