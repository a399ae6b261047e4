"""Applications for disclosure: taken in, brought on step by step, asked about, erased by rule."""
