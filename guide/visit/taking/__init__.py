"""The museum in the pocket: everything that a museum shows and tells, listed, so that a phone can keep it."""
