"""Views: one function a page; they read, ask a service to write, and answer.

A room for each desk; here stand the door to all of them and what every page needs.
"""
