"""Any Google Form's rows become Feedback: responses, ratings, standings, comments, problems."""

from lib.intake.answers import Answers, encode, extend, forget
from lib.intake.corrections import Correction, corrections_of, fields_of, kept_positions
from lib.intake.exported import understand_table
from lib.intake.feedback import Feedback
from lib.intake.files import read_file
from lib.intake.practices import practice_names
from lib.intake.understand import understand
from lib.intake.unreadable import IntakeProblem

__all__ = [
    "Answers",
    "Correction",
    "Feedback",
    "IntakeProblem",
    "corrections_of",
    "encode",
    "extend",
    "fields_of",
    "forget",
    "kept_positions",
    "practice_names",
    "read_file",
    "understand",
    "understand_table",
]
