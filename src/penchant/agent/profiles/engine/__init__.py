"""The interest model: behaviour in, a tree of interests out. Only rules; every function here is pure."""
