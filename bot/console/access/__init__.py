"""Who may come in: sessions, the gate, logging in, people."""
