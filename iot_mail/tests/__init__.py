from . import test_certificate_activity
