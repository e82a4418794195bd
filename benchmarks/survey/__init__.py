"""The peer: django-survey-and-report, with the same 40 questions on one page."""
