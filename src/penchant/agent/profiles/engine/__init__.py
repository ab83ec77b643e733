"""The interest model: behaviour in, a living tree out. Rules only; every function here is pure."""
