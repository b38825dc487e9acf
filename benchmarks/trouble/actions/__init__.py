"""The assistant's actions, of which some go wrong when the visitor thanks, takes leave, or asks for a joke."""
