"""A fictional school, in exactly the shape the form writes, and the script that makes it."""
