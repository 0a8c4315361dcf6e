"""Who may do what, tried: an installation with everything to be asked for, every kind of actor, and the asking."""
