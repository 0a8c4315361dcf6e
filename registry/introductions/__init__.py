"""People and units coming together over one need: interest, leave to know a name, messages. Below candidacies."""
