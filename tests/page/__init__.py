"""Tests of the clinician's page."""
