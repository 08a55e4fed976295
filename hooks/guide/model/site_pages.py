"""Lists where the pages made from data are inside a language's folder, and which ids each can be linked to by.

Nothing else of a page stands here: who writes it, in which look and of which files says the one table of
pages, ``guide.pages.registry``, whose entries have these addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

INDEX_PAGE = "autoevaluacion/index.md"
QUICK_PAGE = "autoevaluacion/rapida.md"
ASSESSMENTS_PAGE = "autoevaluacion/diagnosticos.md"
OVERVIEW_PAGE = "autoevaluacion/resultados.md"
PLAN_PAGE = "autoevaluacion/plan.md"
DOCUMENTS_PAGE = "autoevaluacion/documentos.md"
GROUP_PAGE = "autoevaluacion/grupo.md"
CONSENSUS_PAGE = "autoevaluacion/acuerdo.md"
FORM_PAGE = "autoevaluacion/formulario.md"
COMPTROLLER_PAGE = "autoevaluacion/contraloria.md"
CROSSWALK_PAGE = "autoevaluacion/correspondencia.md"
REVIEW_PAGE = "autoevaluacion/revision.md"
BIBLIOGRAPHY_PAGE = "bibliografia.md"
GLOSSARY_PAGE = "glosario.md"
# All chapters on one page.
BOOK_PAGE = "guia-completa.md"
NETWORKS_PAGE = "directorio/redes.md"
PRACTICES_PAGE = "directorio/practicas.md"
CONTACTS_PAGE = "directorio/contactos.md"
STATES_PAGE = "directorio/leyes-municipales.md"
COURSE_PAGE = "curso/index.md"
SESSIONS_PAGE = "curso/sesiones.md"
PACKAGES_PAGE = "curso/paquetes.md"
FORMATS_PAGE = "herramientas/plantillas.md"
COMPARE_PAGE = "herramientas/comparar-redes.md"
TWINNING_PAGE = "herramientas/plan-hermanamiento.md"
SIGNING_PAGE = "herramientas/puedo-firmar.md"
JOURNEY_PAGE = "herramientas/firmar-un-acuerdo.md"
REGISTER_PAGE = "herramientas/registro-acuerdos.md"
# One a file; ``{id}`` is its name.
CHECKLIST_PAGE = "autoevaluacion/{id}.md"
MODULE_PAGE = "curso/{id}.md"
# The same for whoever takes the course: without keys, answers and notes.
PARTICIPANTS_PAGE = "curso/participantes/{id}.md"
PRACTICE_PAGE = "directorio/practicas/{id}.md"

# The ids on every page; None: any. A page made of one file has also those that the file gives.
ANCHORS: Mapping[str, tuple[str, ...] | None] = {
    INDEX_PAGE: (),
    QUICK_PAGE: None,
    ASSESSMENTS_PAGE: ("lista", "archivo", "compartida"),
    OVERVIEW_PAGE: None,
    PLAN_PAGE: None,
    DOCUMENTS_PAGE: None,
    GROUP_PAGE: None,
    CONSENSUS_PAGE: None,
    FORM_PAGE: None,
    COMPTROLLER_PAGE: None,
    CROSSWALK_PAGE: None,
    REVIEW_PAGE: None,
    CHECKLIST_PAGE: ("criterios", "puntaje"),
    BIBLIOGRAPHY_PAGE: (),
    GLOSSARY_PAGE: (),
    BOOK_PAGE: None,
    NETWORKS_PAGE: None,
    PRACTICES_PAGE: None,
    PRACTICE_PAGE: (),
    CONTACTS_PAGE: None,
    STATES_PAGE: None,
    COURSE_PAGE: None,
    MODULE_PAGE: None,
    PARTICIPANTS_PAGE: None,
    SESSIONS_PAGE: (),
    PACKAGES_PAGE: None,
    FORMATS_PAGE: None,
    COMPARE_PAGE: None,
    TWINNING_PAGE: None,
    SIGNING_PAGE: None,
    JOURNEY_PAGE: None,
    REGISTER_PAGE: None,
}
# Written by hand, they go on with what the data say.
CONTINUED_PAGES = frozenset({INDEX_PAGE, COURSE_PAGE, FORMATS_PAGE, PACKAGES_PAGE})
# Those there is one of, whatever the content.
SINGLE_PAGES = tuple(page for page in ANCHORS if "{id}" not in page)


def names_beside(page: str) -> tuple[str, ...]:
    """Returns the names that pages there is one of take in the folder of ``page``."""
    folder = PurePosixPath(page).parent
    return tuple(PurePosixPath(one).stem for one in SINGLE_PAGES if PurePosixPath(one).parent == folder)
