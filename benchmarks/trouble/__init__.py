"""What goes wrong, made to order: actions, stores, engines and clients that fail, against the real server."""
