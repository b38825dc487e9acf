"""Understanding a message: evidence, belief, and a decision by least harm. `read.py` lists the stages."""
