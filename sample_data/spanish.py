"""What the sample school has said in Spanish, and the days on which students meet with adults."""

from lib.plan.translations import record_id_of
from sample_data.story_plan import ADVISOR, LEAD, Step

_WRITTEN_AT = "2026-11-19T15:30"

_SAID = (
    (
        "We used to do labs every week and then they stopped.",
        "Antes hacíamos laboratorios cada semana y luego se acabaron.",
    ),
    (
        "One lab every two weeks is back in grades 8 to 12. Students picked the first four.",
        "De 8.º a 12.º grado volvió un laboratorio cada dos semanas. Los alumnos eligieron los "
        "cuatro primeros.",
    ),
    ("Let us retake every test we fail.", "Déjennos repetir cada examen que reprobamos."),
    (
        "there is no room or teacher free for that many retakes until the new schedule starts. "
        "Until then you can redo one unit test a term.",
        "no hay salón ni maestro libre para tantos exámenes hasta que empiece el nuevo horario. "
        "Mientras tanto, puedes repetir un examen de unidad por periodo.",
    ),
    (
        "In grades 6 and 7 lessons go too fast to keep up.",
        "En 6.º y 7.º las clases van demasiado rápido.",
    ),
    (
        "Grade 6 has a catch-up block every Friday. Grade 7 does not yet.",
        "6.º tiene una hora para ponerse al día cada viernes. 7.º todavía no.",
    ),
    (
        "We said we would add a catch-up block each Friday: did it change?",
        "Dijimos que añadiríamos una hora para ponerse al día cada viernes: ¿cambió algo?",
    ),
    (
        "If we get lost we hear the same words again.",
        "Si nos perdemos, oímos las mismas palabras otra vez.",
    ),
    (
        "Small whiteboards are in every math and science room for quick checks.",
        "En cada salón de matemáticas y ciencias hay pizarras pequeñas para preguntas rápidas.",
    ),
    (
        "We said we would check what everyone understood before moving on: did it change?",
        "Dijimos que veríamos qué entendieron todos antes de seguir: ¿cambió algo?",
    ),
    ("Comments come too late to use them.", "Los comentarios llegan tarde para usarlos."),
    (
        "Since March every big task has a draft day: one comment and class time to use it before "
        "the grade.",
        "Desde marzo, cada trabajo grande tiene un día de borrador: un comentario y tiempo en "
        "clase para usarlo antes de la nota.",
    ),
    (
        "We said we would give comments while the work is still open: did it change?",
        "Dijimos que comentaríamos el trabajo cuando todavía se puede cambiar: ¿cambió algo?",
    ),
    ("The counselors", "Los consejeros"),
    (
        "room 114, school days from 8:00 to 3:30",
        "salón 114, en días de clase de 8:00 a 3:30",
    ),
    ("The principal", "La directora"),
    ("front office, any morning before class", "en la oficina, cada mañana antes de clase"),
    ("library, at lunch", "biblioteca, a la hora del almuerzo"),
)

TRANSLATIONS: tuple[Step, ...] = tuple(
    Step(
        record_id_of("es", text),
        _WRITTEN_AT,
        ADVISOR,
        {"language": "es", "text": text, "translation": said},
    )
    for text, said in _SAID
)
"""All of the published page but its newest promise, which nobody has translated yet."""

PANEL_DAYS: tuple[Step, ...] = (
    Step(
        "panel-february",
        "2026-11-18T15:30",
        LEAD,
        {"name": "student panel", "value": "2027-02-10 | library, at lunch"},
    ),
    Step(
        "panel-april",
        "2026-11-18T15:31",
        LEAD,
        {"name": "student panel", "value": "2027-04-14 | library, at lunch"},
    ),
)
