"""The families of the platform's API, one file each."""
