"""Seat at the Table: one room for each step of the loop, in the order of the loop.

Form -> Sheet -> intake -> evidence -> decision -> promise -> students' page -> the next form.
"""
