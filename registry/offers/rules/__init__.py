"""Pure core of the room: what versions of policies ask for, and what their answers come to on a sheet."""
