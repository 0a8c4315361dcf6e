"""Lists that leave the registry as files: asked for with a purpose, made for one account, masked by its rights, gone after a day."""
