"""Tests of DMN models as policies."""
