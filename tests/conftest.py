"""What all tests share."""

from hypothesis import HealthCheck, settings

# Machines are shared and slow at times: how long one example takes says nothing about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
