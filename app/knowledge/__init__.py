"""Reads knowledge/ and searches the playbook."""
