"""Who is who: sightings in, players out."""
