"""What students write, in Spanish: invented, in the way students write."""

from collections.abc import Mapping

NOT_WORKING: Mapping[str, tuple[str, ...]] = {
    "goals": ("No sé para qué es la lección.", "Quisiera saber la meta antes de empezar."),
    "explain": (
        "Cuando no entiendo me lo explican igual otra vez.",
        "Necesito ver un ejemplo o un dibujo, no solo palabras.",
        "Explican muy rápido y en inglés me pierdo.",
    ),
    "feedback": (
        "Me devuelven el trabajo muy tarde y ya no lo puedo corregir.",
        "Solo veo una nota y no sé qué mejorar.",
    ),
    "retry": ("Si repruebo el examen no hay otra oportunidad.",),
    "choice": (
        "Nunca podemos elegir cómo hacer el proyecto.",
        "Siempre es un póster. Quiero hacer un video.",
        "Me gustaría escoger el tema.",
        "Todos hacemos lo mismo de la misma manera.",
    ),
    "pace": (
        "La clase va muy rápido para mí.",
        "No me da tiempo de copiar y entender.",
        "Un día para ponernos al corriente ayudaría.",
    ),
    "reallife": ("No veo para qué sirve fuera de la escuela.",),
    "stretch": ("Es pura copia, no tengo que pensar.",),
    "talk": ("Quiero hablar más con mis compañeros para entender.",),
    "handson": (
        "Solo vemos videos de experimentos.",
        "Aprendo haciendo y casi nunca hacemos nada.",
    ),
    "listen": ("Llenamos encuestas y nada cambia.",),
    "respect": ("Dicen mal mi nombre todo el tiempo.",),
    "notice": (
        "Si no levanto la mano nadie viene a mi mesa.",
        "Me da pena preguntar enfrente de todos.",
    ),
    "calm": (
        "Hay mucho ruido y no me puedo concentrar.",
        "Los celulares distraen a todos.",
        "Después del almuerzo nadie se calla.",
    ),
}

USED_TO_WORK: Mapping[str, tuple[str, ...]] = {
    "explain": ("Antes había tarjetas con dibujos y palabras en dos idiomas.",),
    "pace": ("Los viernes para repasar me ayudaban mucho.",),
    "talk": ("Leíamos en parejas y luego platicábamos.",),
    "handson": (
        "Antes hacíamos experimentos cada semana.",
        "Los laboratorios. Ahora ya no vamos.",
        "Construir cosas con las manos, así aprendo mejor.",
        "El jardín donde medíamos las plantas.",
    ),
    "respect": ("El saludo en la puerta cada mañana.",),
    "notice": ("La mesa de ayuda donde hablaban español.",),
    "calm": ("Diez minutos de lectura en silencio.",),
}

SHORT_NOT_WORKING = ("nada", "todo bien", "mucha tarea", "no se", "esta bien asi")
SHORT_USED_TO_WORK = ("no sé", "las excursiones", "soy nuevo aquí", "nada")
