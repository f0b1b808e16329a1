"""What people read: the comments and checks, put into words."""
