"""Judging: estimators against people whose joints are known, labelled by hand or standing on the stage."""
