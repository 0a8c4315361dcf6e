"""What programs send and get, as models: they check what comes in and are the document of what goes out."""
