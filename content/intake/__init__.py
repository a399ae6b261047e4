"""What comes in: sheets and documents that know their bad cells."""
