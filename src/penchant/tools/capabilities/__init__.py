"""All capabilities of Penchant, one module each. They are discovered: a new module here appears on every interface."""
