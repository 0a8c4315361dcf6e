"""Forms of the room: shape and words. They never query; views pass choices in."""
