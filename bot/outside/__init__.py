"""Places that are neither the platform nor citizens: the office's webhook, its portal, other people's web sites."""
