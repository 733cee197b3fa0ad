"""People differ: profiles, sensitivity, how far somebody gets, and other ways to make the same gesture."""
