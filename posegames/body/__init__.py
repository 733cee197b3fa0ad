"""The body: joints and bones as tables, a pose, and what can be measured on it. numpy only."""
