"""What leaves the registry as files: lists, asked for with a purpose, made for one account, masked by its rights, gone after
a day; and one profile in the open formats."""
