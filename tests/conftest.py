"""What all tests share."""

from hypothesis import HealthCheck, settings

# Machines are shared and slow at times: how long one example takes says nothing about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For a night, or before a change to the planner: pytest --hypothesis-profile=thorough
settings.register_profile("thorough", parent=settings.get_profile("house"), max_examples=1000)
settings.load_profile("house")
