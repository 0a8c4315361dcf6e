"""The only place that knows every room: the factory, the schema, the reference data, the job handlers."""
