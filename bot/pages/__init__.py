"""What citizens open on the phone."""
