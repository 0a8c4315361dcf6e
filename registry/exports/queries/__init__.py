"""Reading exports, the rows they hold, and whether a file may still be given. Writes nothing."""
