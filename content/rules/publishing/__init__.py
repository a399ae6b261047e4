"""Rules about publishing: review, limits, screening, states of a publication, retries."""
