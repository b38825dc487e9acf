"""Rasa extension point: `rasa shell`; the same assistant in a terminal, and a bench to test it on."""
