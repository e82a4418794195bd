"""Views: one function a page; they read, ask a service to write, and answer."""
