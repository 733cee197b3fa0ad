"""The stage, a virtual camera: actors, plays, and how they are painted. Who stands where is known exactly."""
