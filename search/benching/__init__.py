"""What `manage.py bench search` is made of."""
