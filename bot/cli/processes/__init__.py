"""Commands that run a process in the foreground: web, emulator, demo."""
