"""Writes the same guide twice, as large as is asked for: as a project of ours, and for Material as it comes.

Chapters are the same Markdown in both, with the same ids in both languages; self-assessments are YAML for us and ready
pages there. Of ``pages`` in all languages a third are self-assessments, two thirds chapters, and one a language is home.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT, copy_small_site
from tools import plain_yaml

CODES = ("es", "en")
CRITERIA = 9
_IN_SECTION = 20
_SENTENCES = [
    ("El cabildo aprueba el acuerdo antes de firmarlo.", "The council approves the agreement before it is signed."),
    ("La oficina guarda copia de cada carta.", "The office keeps a copy of every letter."),
    ("Quien coordina la relación responde por sus plazos.", "Whoever runs the relation answers for its deadlines."),
    (
        "Una red ayuda cuando comparte trabajo y no solo actos.",
        "A network helps when it shares work, not events alone.",
    ),
    (
        "El presupuesto dice cuánto cuesta viajar y cuánto quedarse.",
        "The budget says what travel costs and what staying does.",
    ),
    ("Las vecinas y los vecinos conocen el programa por la radio.", "Residents know the programme from the radio."),
    (
        "El informe anual compara lo previsto con lo hecho.",
        "The annual report sets what was planned against what was done.",
    ),
    ("Cada contraparte nombra a una persona de enlace.", "Each counterpart names a person to talk to."),
    ("El archivo municipal conserva los anexos.", "The municipal archive keeps the annexes."),
    ("La universidad evalúa el proyecto sin cobrar.", "The university evaluates the project without a fee."),
    ("Un hermanamiento sin tareas se olvida pronto.", "A twinning without tasks is soon forgotten."),
    ("La ley estatal fija quién puede firmar.", "State law says who may sign."),
    ("El comité revisa los gastos por rubro.", "The committee looks at expenses by item."),
    (
        "La página del municipio publica los convenios vigentes.",
        "The page of the municipality publishes agreements in force.",
    ),
    ("Conviene preguntar primero por la experiencia de otros.", "It is worth asking first what others have learnt."),
    ("El equipo mide el avance con tres preguntas.", "The team measures progress with three questions."),
]
_OPENINGS = [
    ("En la práctica", "In practice"),
    ("Cada año", "Every year"),
    ("En una capital", "In a capital"),
    ("Lejos de la capital", "Far from the capital"),
    ("Con poco dinero", "With little money"),
    ("Según el reglamento", "Under the rules"),
    ("Al principio", "At first"),
    ("Al final", "In the end"),
    ("Ante la prensa", "Before the press"),
    ("Entre dos ciudades", "Between two cities"),
    ("En tiempos de crisis", "In times of crisis"),
    ("Sin oficina propia", "Without an office of its own"),
]
_TITLES = (("Quién decide", "Who decides"), ("Qué se firma", "What is signed"), ("Cómo se paga", "How it is paid"),
           ("Qué se cuenta", "What is told"), ("Cuándo se revisa", "When it is looked at again"))  # fmt: skip
_NAMES = (("Capítulo", "Chapter"), ("Lista", "List"), ("Parte", "Part"))
_NOTE = ("En breve", "In short")
_HEAD = ("Paso", "Quién", "Plazo"), ("Step", "Who", "Deadline")


def write(folder: Path, pages: int, name: str) -> Path:
    """Writes a guide of so many pages into a new folder: as ``name`` has it, "ours" or "stock"."""
    lists = (pages - 2) // 6
    chapters = (pages - 2) // 2 - lists
    if name == "ours":
        copy_small_site(folder)
        shutil.rmtree(folder / "docs")
        _keep_ids(folder, lists)
        for path in (folder / "checklists").iterdir():
            path.unlink()
    for at, code in enumerate(CODES):
        home = folder / "docs" / code
        (home / "partes").mkdir(parents=True)
        (home / "index.md").write_text(
            _front("Inicio", "La portada de una guía que se escribió para medir cuánto tarda.")
            + "\n[1](partes/capitulo-1.md)\n",
            "utf-8",
        )
        if name == "ours":
            (home / "autoevaluacion").mkdir()
            about = _front(_NAMES[1][at], _said(random.Random(0), at, 2))
            (home / "autoevaluacion/index.md").write_text(f"{about}\n{_said(random.Random(1), at, 2)}\n", "utf-8")
        for number in range(1, chapters + 1):
            (home / f"partes/capitulo-{number}.md").write_text(_chapter(number, chapters, at), "utf-8")
    for number in range(1, lists + 1):
        made = _checklist(number)
        if name == "ours":
            (folder / f"checklists/lista-{number}.yml").write_text(plain_yaml.dump(made), "utf-8")
        for code in CODES if name == "stock" else ():
            place = folder / "docs" / code / f"autoevaluacion/lista-{number}.md"
            place.parent.mkdir(exist_ok=True)
            place.write_text(_ready(made, code), "utf-8")
    _write_settings(folder, name, chapters, lists)
    return folder


def _keep_ids(folder: Path, lists: int) -> None:
    """Publishes the ids of the lists made up here alone, and leads links to the guide to the first page."""
    ids = [
        {"id": f"lista-{number}", "criteria": [f"l{number}-{place}" for place in range(1, CRITERIA + 1)]}
        for number in range(1, lists + 1)
    ]
    (folder / "data/published-ids.yml").write_text(yaml.safe_dump({"checklists": ids}), "utf-8")
    glossary = folder / "data/glossary.yml"
    glossary.write_text(re.sub(r"guia\.md(?:#[\w-]+)?", "index.md", glossary.read_text("utf-8")), "utf-8")


def changed(project: Path, round: int) -> Path:
    """Adds a sentence to one chapter; another one each time."""
    path = project / f"docs/es/partes/capitulo-{round + 3}.md"
    path.write_text(f"{path.read_text('utf-8')}\nEsta frase se ve cuando termina, {'ya' * (round + 1)}.\n", "utf-8")
    return path


def _said(chance: random.Random, at: int, count: int) -> str:
    both = zip(chance.sample(_OPENINGS, count), chance.sample(_SENTENCES, count), strict=True)
    return " ".join(f"{opening[at]}, {pair[at][0].lower()}{pair[at][1:]}" for opening, pair in both)


def _front(title: str, about: str) -> str:
    return f"---\ntitle: {title}\ndescription: {about}\n---\n"


def _chapter(number: int, chapters: int, at: int) -> str:
    chance = random.Random(number)
    lines = [_front(f"{_NAMES[0][at]} {number}", _said(chance, at, 2)), _said(chance, at, 3), ""]
    for place, title in enumerate(_TITLES, 1):
        to, section = chance.randint(1, chapters), chance.randint(1, len(_TITLES))
        lines += [f"## {title[at]} {{#seccion-{place}}}", ""]
        lines += [f"{_said(chance, at, 4)} [{_NAMES[0][at]} {to}](capitulo-{to}.md#seccion-{section}).", ""]
        lines += [f"{_said(chance, at, 3)} **{_said(chance, at, 1)}**", ""]
        lines += [f"- {_said(chance, at, 1)}" for _ in range(4)] + [""]
        if place == 2:
            lines += [f'!!! note "{_NOTE[at]}"', "", f"    {_said(chance, at, 2)}", ""]
        if place == 3:
            lines += [f"| {' | '.join(_HEAD[at])} |", "|---|---|---|"]
            lines += [f"| {' | '.join(_said(chance, at, 1) for _ in range(3))} |" for _ in range(4)] + [""]
    return "\n".join(lines)


def _checklist(number: int) -> dict[str, Any]:
    chance = random.Random(-number)

    def text(count: int = 1, ask: bool = False) -> dict[str, str]:
        some = chance.sample(_SENTENCES, count)
        found = {code: f"{' '.join(pair[at] for pair in some)} ({number})" for at, code in enumerate(CODES)}
        return {"es": f"¿Es así? {found['es']}", "en": f"Is it so? {found['en']}"} if ask else found

    return {
        "version": 1,
        "order": number,
        "title": {code: f"{_NAMES[1][at]} {number}" for at, code in enumerate(CODES)},
        "short": {code: f"{_NAMES[1][at]} {number}" for at, code in enumerate(CODES)},
        "summary": text(2),
        "minutes": 20,
        "criteria": [
            {
                "id": f"l{number}-{place}",
                "statement": text(1, ask=True),
                "why": text(2),
                "levels": [text() for _ in range(4)],
                "evidence": text(),
                "next_step": text(),
                "sources": ["ley-uno"],
                "weight": 1 + place % 3,
                "review": "annual",
            }
            for place in range(1, CRITERIA + 1)
        ],
    }


def _ready(made: dict[str, Any], code: str) -> str:
    """Returns a self-assessment as a page that is ready: its form as HTML."""
    lines = [_front(made["title"][code], made["summary"][code]), made["summary"][code], ""]
    for one in made["criteria"]:
        lines += [
            f"## {one['statement'][code]} {{#{one['id']}}}",
            "",
            one["why"][code],
            "",
            '<fieldset class="levels">',
        ]
        lines += [
            f'<label><input type="radio" name="{one["id"]}" value="{value}"> {level[code]}</label>'
            for value, level in enumerate(one["levels"])
        ]
        lines += ["</fieldset>", "", one["evidence"][code], "", one["next_step"][code], ""]
    return "\n".join(lines)


def _write_settings(folder: Path, name: str, chapters: int, lists: int) -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [f"partes/capitulo-{number}.md" for number in range(1, chapters + 1)]
    parts = {
        f"Parte {place // _IN_SECTION + 1}": pages[place : place + _IN_SECTION]
        for place in range(0, len(pages), _IN_SECTION)
    }
    nav: list[Any] = ["index.md", *({title: below} for title, below in parts.items())]
    names = {title: title.replace("Parte", "Part") for title in parts}
    if name == "ours":
        parts["Parte 1"].append("guia-completa.md")
        # Its lists follow by themselves; what else is made of data stays outside.
        nav.append({"Listas": ["autoevaluacion/index.md"]})
        names["Listas"] = "Lists"
        (folder / "mkdocs.yml").write_text(_ours((folder / "mkdocs.yml").read_text("utf-8"), nav, names), "utf-8")
        return
    listed = [f"autoevaluacion/lista-{number}.md" for number in range(1, lists + 1)]
    nav += [
        {f"Listas {place // _IN_SECTION + 1}": listed[place : place + _IN_SECTION]}
        for place in range(0, len(listed), _IN_SECTION)
    ]
    extensions = re.search(r"^markdown_extensions:\n(?:[ ].*\n)+", settings, re.MULTILINE)
    assert extensions
    languages = [
        {"locale": "es", "name": "Español", "default": True},
        {"locale": "en", "name": "English", "nav_translations": names},
    ]
    made = {
        "site_name": "Guía",
        "site_url": "https://abc.example/",
        "theme": {"name": "material", "language": "es", "font": False},
        "nav": nav,
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
    }
    (folder / "mkdocs.yml").write_text(
        yaml.safe_dump(made, allow_unicode=True, sort_keys=False) + extensions[0], "utf-8"
    )


def _ours(settings: str, nav: Iterable[Any], names: dict[str, str]) -> str:
    listed = yaml.safe_dump({"nav": nav}, allow_unicode=True, sort_keys=False)
    settings = re.sub(r"^nav:\n(?:[ ].*\n)+", lambda _: listed, settings, flags=re.MULTILINE)
    settings = settings.replace("omitted_files: warn", "omitted_files: ignore")
    translated = "          nav_translations:\n" + "".join(
        f"            {one}: {other}\n" for one, other in names.items()
    )
    return re.sub(r"^ {10}nav_translations:\n(?: {12}.*\n)+", lambda _: translated, settings, flags=re.MULTILINE)
