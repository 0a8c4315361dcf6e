"""Reading a curriculum vitae: a file's bytes in, items with their place in the file and how sure they are out.

Pure. `opening` is for everybody: it starts a child process under limits, in which all the rest runs.
"""
