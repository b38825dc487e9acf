"""Thresholds of probability, set on the held-out messages (docs/evaluation). No safety need hangs on one alone."""

SURE = 0.5  # a need in a sentence of its own counts as a second need
LIKELY = 0.1  # beside a stronger one of another route, in the same sentence
POSSIBLE = 0.07  # the same, where the stronger one is not sure itself
HINT = 0.03  # a need of one clause has to have this much in the whole message, unless the clause is long
SAFETY = 0.55  # all safety needs together: enough to be answered as one, however it spreads
TALK = 0.35  # the same, where only talk about the conversation or a service is likelier
TALK_BEST = 0.3  # and one need has this much of it
BESIDE = 0.35  # beside a question of fact
PLAIN = 0.85  # as surely as this the classifier knows the speaker, and nothing is translated but by an age
EVERYDAY_TALK = 0.35  # with this much of everyday talk in it, a message is taken for that rather than for a need
EVERYDAY_CRISIS = 0.45  # the same, where the need would be urgent
DOUBTFUL = 0.2  # all needs together, where everyday talk is answered with the numbers as well
REPORTING = 0.3  # who says this much of having found material is not refused, even if asking for it is likelier
ACCUSED = 0.3  # with less worry about the own behaviour than this, who tells what was done to them hears nothing of it
GUESSED_CRISIS = 0.45  # less of a crisis, and no word that the gate knows, does not change what a conversation is about
GUESSED_REFUSAL = 0.8  # in a conversation about a need, a request is refused only if it is this surely one
GROWN_UP = 0.3  # with this much of a survivor in the message, "my dad did it to me" may be a grown-up's
SQUEEZED = 0.75  # a need of a clause, where a crisis in another clause fills the whole message
HARMLESS = 0.75  # a message that is this surely everyday talk needs a clause that is surely something else
CERTAIN = 0.9  # a clause that is this surely a need of its own needs no other support
UNDIVIDED = 0.95  # where the whole message is this surely one need, a clause of another needs more than length
FIGURE_BESIDE = 0.8  # all needs of a clause together, where the rest asks for a figure
UNDERSTOOD = 0.17  # below this nothing was understood
