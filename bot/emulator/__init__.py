"""A rehearsal WeChat: the platform as documented, over HTTP. Shares no code with the product."""
