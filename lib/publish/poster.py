"""The page on one sheet for the corridor, on one slide and in words to read aloud."""

from lib.publish.languages import counted, message

_SCAN = message("Scan to read all our answers, and what students say now.")
_GO = message("Or go to %(address)s")
_SAID = message("You said: %(text)s")
_HELP = message("Not safe? Tell an adult you trust today, or call %(numbers)s.")
_MORE = counted("And %(count)s more answer on the page.", "And %(count)s more answers on the page.")
