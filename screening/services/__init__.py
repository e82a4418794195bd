"""The functions that write, one module a verb; each is one transaction.

The four verbs stand here with the alert, and with what all of them need: the audit
trail, the promises of time, links. Whatever serves one of them has a room.
"""
