"""What Penchant can do, one file each. Nothing is listed by hand: a file here is a capability on every face."""
