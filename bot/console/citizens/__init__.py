"""What citizens wrote: letters and questions."""
