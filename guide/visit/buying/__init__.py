"""Buying: choosing a day, a time and tickets; paying; and the page that the tickets are on.

Every page is whole before any JavaScript. What is typed is kept when something is refused, and nothing of it is stored
but the order itself, which has no name.
"""
