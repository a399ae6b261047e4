"""The year's report: overview and signature, figures, text, reviews."""
