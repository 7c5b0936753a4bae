"""What students write, in English: invented, in the way students write."""

from collections.abc import Mapping

NOT_WORKING: Mapping[str, tuple[str, ...]] = {
    "goals": (
        "Half the time in {subject} I don't know what the point of the lesson is.",
        "We start a worksheet and nobody says what it is for.",
        "I can do the steps in {subject} but I couldn't tell you why we do them.",
        "The goal is on the board but nobody talks about it.",
        "I find out what we were supposed to learn when I see the test.",
    ),
    "explain": (
        "When I don't get it I hear the same words again but louder.",
        "In {subject} it gets explained one way and if that isn't your way you are lost.",
        "I need a picture or an example and all I get is more talking.",
        "We move on when three people nod. I am never one of the three.",
        "The slides in {subject} just say what the book says.",
        "I look it up at home because I didn't follow it in class.",
    ),
    "feedback": (
        "I got my essay back three weeks later. By then I forgot what I wrote.",
        "A number on top of the page doesn't tell me what to fix.",
        "In {subject} the comments come after the grade is already in.",
        "I never know if I am on the right track until it is too late.",
        "We turn in the next project before we get the last one back.",
    ),
    "retry": (
        "One bad day and the grade stays forever.",
        "I get it now but the quiz says I don't and I can't redo it.",
        "Some classes let you fix mistakes and some don't. It feels random.",
        "If you fail the first test in {subject} there is no way back up.",
        "I would study my mistakes more if it counted for something.",
    ),
    "choice": (
        "Every project is a poster. I am so tired of posters.",
        "We never get to pick how we show what we know.",
        "In {subject} everyone does the exact same thing in the exact same way.",
        "I'd rather make a video than write five pages but it's never an option.",
        "We get told we have a choice and then it's a choice of font.",
        "Everything is decided before we walk in the room.",
        "I learn better when I can pick the topic and we never do.",
        "Same essay same questions for all of us. It gets boring quick.",
        "Nobody asked us how we want to do the big project in {subject}.",
    ),
    "pace": (
        "It goes way too fast in {subject} and I'm still writing when we switch.",
        "We did a whole chapter in two days. I am lost.",
        "I can't keep up and I don't want to be the one who says slow down.",
        "The notes are gone from the board before I finish them.",
        "By the time I understand it we are two topics later.",
        "Too fast. Then we wait. Then too fast again.",
        "I'm done in ten minutes and then I sit there.",
    ),
    "reallife": (
        "When will I ever use this? Nobody can tell me in {subject}.",
        "The examples are from like 1990.",
        "I wish we did something that people outside school would see.",
        "It's all for the test and nothing else.",
        "We never talk about jobs that use this.",
    ),
    "stretch": (
        "It's mostly copying. I don't have to think.",
        "The worksheets in {subject} are the same every week.",
        "We get the answer before we had time to try.",
        "I could do this in sixth grade.",
    ),
    "talk": (
        "We sit in rows and listen. Forty minutes. Every day.",
        "I learn more from the kid next to me but we aren't allowed to talk it over.",
        "Group work in {subject} is just four people working alone at one table.",
        "The same three people answer everything.",
    ),
    "handson": (
        "We watch videos of experiments and don't do them.",
        "I can't learn {subject} from slides only.",
        "It's all screens now. I want to build something.",
        "The lab is right there and we never go in.",
        "We take notes on how it would work. We never try if it works.",
    ),
    "listen": (
        "We fill out forms and then it's the same on Monday.",
        "I said what would help in {subject} and nothing happened.",
        "Teachers ask if there are any questions but not if this is working.",
        "It would be nice to hear what you do with this.",
    ),
    "respect": (
        "People groan when someone gives a wrong answer so I stopped answering.",
        "My name still gets said wrong every single day.",
        "I get talked over in group work.",
    ),
    "notice": (
        "If you are quiet nobody comes over.",
        "I had my hand up for ten minutes in {subject}.",
        "Help goes to the loud tables first.",
        "I don't like to ask in front of everyone so I just guess.",
    ),
    "calm": (
        "It's so loud in {subject} I can't hear myself think.",
        "Phones out everywhere and nobody says anything.",
        "We lose the first fifteen minutes every day because of talking.",
        "There are different rules in every room so nobody follows any of them.",
        "I put in earbuds just to read one page.",
        "People walk in and out all the time and I lose my place.",
        "Since the new schedule the class after lunch is pure chaos.",
        "I get more done on the bus than in {subject} this year.",
    ),
}

WOULD_HELP: Mapping[str, tuple[str, ...]] = {
    "goals": ("Just tell us at the start and check at the end.", "One sentence would do it."),
    "explain": (
        "A second example would help a lot.",
        "Draw it.",
        "Check with everyone before the next slide.",
    ),
    "feedback": (
        "Comment on the draft please.",
        "One thing to fix before it's due would be enough.",
    ),
    "retry": ("Let us fix one question and explain it.", "Same rule in all classes please."),
    "choice": (
        "Give us two options. That's it.",
        "Let us pick the topic once a month.",
        "A podcast or a model or a talk would show the same thing.",
        "Ask us before you plan it.",
    ),
    "pace": ("A catch-up day would help.", "Slow down for the hard parts.", "Post the notes."),
    "reallife": ("Bring in somebody who uses it.", "Use stuff from our town."),
    "stretch": ("Give us a puzzle sometimes.", "Let us try first."),
    "talk": ("Two minutes with a partner would help.", "Let us compare answers."),
    "handson": ("One lab a week please.", "Let us touch things."),
    "listen": ("Tell us what changed.", "Even a no would be fine if you say why."),
    "respect": ("Make wrong answers normal.", "Ask how to say it."),
    "notice": ("Walk around more.", "A quiet way to ask would help."),
    "calm": (
        "One phone rule for the whole school would help.",
        "Ten quiet minutes at the start please.",
        "Can there be a quiet corner?",
    ),
}

USED_TO_WORK: Mapping[str, tuple[str, ...]] = {
    "goals": (
        "We used to write the goal in our own words on Mondays.",
        "An exit ticket that asked what today was about.",
        "The weekly plan on the board so you knew where it was going.",
    ),
    "explain": (
        "We had little whiteboards so the teacher saw who didn't get it.",
        "There used to be a worked example taped to the wall.",
        "Drawing the problem before we did any numbers.",
        "My old {subject} class had a 'say it another way' card you could hold up.",
    ),
    "feedback": (
        "In middle grades we got comments in pencil on drafts.",
        "Five minute check-ins about our work. Those were good.",
        "We read each other's drafts with two questions to answer.",
    ),
    "retry": (
        "Friday retakes. They were the only reason I passed {subject}.",
        "We could earn half the points back by explaining our mistake.",
        "Mistake of the day. We fixed one together.",
    ),
    "choice": (
        "Genius hour. We picked our own thing to learn.",
        "There was a menu of projects and you chose one.",
        "Picking our own book for {subject}.",
    ),
    "pace": (
        "Catch-up Fridays.",
        "We had videos of the lesson so you could go back.",
        "Work at your own speed days with a checklist.",
    ),
    "reallife": (
        "Guests who came in and told us about their job.",
        "The trip to the river station.",
        "We ran a little shop and did the money ourselves.",
    ),
    "stretch": (
        "The puzzle of the week on the door.",
        "Math club problems at the start of class.",
        "Mystery boxes. You had to work out what was inside.",
    ),
    "talk": (
        "Book circles. We talked about the book with four people.",
        "Partner talk before we answered. It helped me say things.",
        "We used to do debates in {subject} and I still remember them.",
        "Two minutes to compare notes with the person next to you.",
    ),
    "handson": (
        "Building things. We made bridges and tested them till they broke.",
        "Doing the experiment and not watching someone do it.",
        "Math with blocks and string. I know it sounds like little kids but it worked.",
        "We took things apart in science. I remember all of that.",
        "Making models instead of just labeling a picture of one.",
        "Going outside to test things.",
    ),
    "listen": (
        "We had a box for ideas and they got read out on Fridays.",
        "Our class used to vote on one thing to change each month.",
    ),
    "respect": (
        "Morning circle. You knew everybody's name.",
        "Getting greeted at the door.",
        "Wrong answer of the week. It was fun and nobody was scared to try.",
    ),
    "notice": (
        "The help table in the corner. You could just go there.",
        "Red and green cups so you didn't have to raise your hand.",
        "Having two adults in {subject}. One always had time.",
    ),
    "calm": (
        "Silent reading for ten minutes after lunch.",
        "Phones in the pocket chart. I hated it but it worked.",
        "A quiet room you could go to.",
    ),
}

LABS_STOPPED = (
    "We used to do labs every week and now it's zero.",
    "Labs!! I learned more in one lab than in a month of slides.",
    "We used to go in the lab on Thursdays. Then it closed and never came back.",
    "The garden. We measured stuff out there for science.",
    "Before the building work we had real equipment in our hands.",
    "The maker carts. They are in the hall with a cover on.",
    "Experiments. They stopped when the lab was closed for the building work.",
    "We used to cook in chemistry. Best unit ever.",
    "Science was the class where we did stuff. Now it's videos of stuff.",
    "Using the microscopes ourselves. They are still on the shelf.",
    "The stations in the lab where every table tested something else.",
    "Soldering and building in tech. We only draw plans now.",
)
"""What is said of hands-on learning once the labs were closed."""

LONGING = (
    "Why did we stop?",
    "I miss that.",
    "It helped me a lot.",
    "Bring it back please.",
    "That is how I remember things.",
    "Everybody did something then.",
    "I actually looked forward to it.",
)

OPENERS = (
    "Honestly",
    "Tbh",
    "I think",
    "Not gonna lie",
    "For me",
    "Ok so",
    "This year",
    "Most days",
)

SUBJECTS = (
    "math",
    "science",
    "history",
    "English",
    "chemistry",
    "geography",
    "algebra",
    "biology",
)

SHORT_NOT_WORKING = (
    "idk",
    "nothing really",
    "its fine",
    "too much homework",
    "homework on weekends",
    "n/a",
    "The wifi.",
    "its too cold in the east rooms",
    "seats",
    "everything is ok for me",
    "lunch is too short",
    "no complaints",
    "Tests all on the same day. Three in one day!",
)
SHORT_USED_TO_WORK = (
    "idk",
    "cant think of anything",
    "recess lol",
    "field trips",
    "nothing",
    "less homework",
    "I am new here.",
    "stickers",
    "the old schedule",
)

SPELLINGS: tuple[tuple[str, str], ...] = (
    ("because", "bc"),
    ("really", "rly"),
    ("people", "ppl"),
    ("something", "smth"),
    ("don't know", "dunno"),
    ("would have", "would of"),
    ("supposed to", "suposed to"),
    ("different", "diffrent"),
    ("please", "pls"),
    ("a lot", "alot"),
    ("their", "there"),
    ("experiment", "expirement"),
    ("definitely", "definately"),
    ("until", "untill"),
)
