"""Forms of people: shape and Vietnamese words. They never query; views pass choices in."""
