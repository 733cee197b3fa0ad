"""The photo moment: which moment, as a print, as a little film."""
