"""What goes out: HTML that survives the platform's filter."""
