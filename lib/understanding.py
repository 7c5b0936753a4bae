"""How the form was read, as Setup may know it: no single answer in it."""

from lib import intake
from lib.intake.feedback import Feedback
from lib.intake.problems import on_screen
from lib.intake.samples import discreet, samples, totals
from lib.school import Understanding


def understanding_of(answers: intake.Answers, feedback: Feedback, floor: int) -> Understanding:
    """What may be told of a reading; ``floor``: how many must share a label before it is shown."""
    return Understanding(
        responses=len(feedback),
        left_out=feedback.left_out,
        columns=discreet(answers, feedback),
        problems=on_screen(feedback.problems),
        totals=totals(feedback),
        samples=samples(answers, feedback, floor),
        blocks=feedback.blocks,
        lost_blocks=feedback.lost_blocks,
    )
