"""Who may do what: people, roles, sign-in, sessions, and the audit that nobody can quietly rewrite.

A person signs in with a password and works for one or several museums, in the roles that `roles.py` names. What
matters (a refund, a shift, a device let in) leaves a line in the audit, written in the same transaction; a job seals
the lines into a chain afterwards.
"""
