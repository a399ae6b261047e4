"""Everyone the office speaks with: the platform, citizens, staff, operators, and a rehearsal platform."""
