"""Small forms with answers, for both sides: what happens between questions."""

from __future__ import annotations

from datetime import date

from forms.reader import read_form
from forms.values import Value
from tests.benchmarks.xforms_engine.comparing import Player
from tests.forms.language import definition

Steps = tuple[tuple[str, Value], ...]
"""Answers by path; a path of a repeat with how often it stands."""

TABLES: dict[str, tuple[str, Steps]] = {
    "truth of references": (
        """
        integer | z
        text | vide
        text | a | relevant: ${vide}
        text | b | relevant: not(${z})
        text | c | required: ${vide}
        text | d | relevant: ${z} and ${vide} = ''
        text | e | constraint: ${vide}
        calculate | f | calculation: boolean(${a})
        """,
        (("/data/z", 0), ("/data/e", "x")),
    ),
    "relevance down a chain, and back": (
        """
        select_one oui_non | a
        group | g | relevant: ${a} = 'oui'
          text | b | required: yes
          group | h | relevant: ${b} = 'x'
            text | c | required: ${b} = 'x'
          end
        end
        text | d | relevant: ${c} = 'y'
        calculate | e | calculation: concat(${b}, '-', ${c})
        """,
        (
            ("/data/a", "oui"), ("/data/g/b", "x"), ("/data/g/h/c", "y"), ("/data/d", "z"),
            ("/data/a", "no"), ("/data/a", "oui"), ("/data/g/b", "w"), ("/data/g/b", "x"),
        ),
    ),
    "irrelevant in the end": (
        """
        select_one oui_non | a
        group | g | relevant: ${a} = 'oui'
          text | b | required: yes
          integer | n | constraint: . > 5
        end
        calculate | e | calculation: concat(${b}, '-', ${n})
        text | f | relevant: ${b} = ''
        """,
        (("/data/a", "oui"), ("/data/g/b", "x"), ("/data/g/n", 3), ("/data/a", "no")),
    ),
    "constraints": (
        """
        integer | a | constraint: . > 3 and . < ${b} | constraint_message: Entre.
        integer | b
        date | d | constraint: . <= today()
        date | f | constraint: . >= ${d}
        text | t | constraint: regex(., '^[A-Z]{2}$') | required: yes
        decimal | m | constraint: . >= 0.5
        select_multiple fruits | s | constraint: count-selected(.) <= 2
        text | u | required: string-length(${t}) > 2
        integer | v | constraint: false()
        """,
        (
            ("/data/a", 5), ("/data/d", date(2026, 11, 24)), ("/data/f", date(2020, 1, 1)),
            ("/data/t", "abc"), ("/data/m", 0.25), ("/data/s", ("pomme", "poire", "on")),
        ),
    ),
    "calculations in a chain": (
        """
        integer | a
        calculate | b | calculation: ${a} + 1
        calculate | c | calculation: ${b} * 2
        calculate | d | calculation: if(${c} > 10, 'grand', 'petit')
        text | e | relevant: ${d} = 'grand'
        calculate | f | calculation: ${a} > 2
        text | g | relevant: ${f} = 'true'
        integer | h | calculation: ${a} div 2
        decimal | i | calculation: ${a} div 2
        date | j | calculation: date('2026-01-01')
        integer | k | calculation: round(${a} * 1.5)
        calculate | l | relevant: ${a} > 100 | calculation: 'caché'
        calculate | m | calculation: concat('[', ${l}, ']')
        """,
        (("/data/a", 3), ("/data/a", 5)),
    ),
    "once, and a calculation that reads itself": (
        """
        text | a
        calculate | b | calculation: once(${a})
        calculate | c | calculation: if(. = '', ${a}, .)
        calculate | d | calculation: once(today())
        """,
        (("/data/a", "x"), ("/data/a", "y")),
    ),
    "triggers": (
        """
        integer | a
        integer | b
        calculate | c | calculation: ${a} + ${b} | trigger: ${a}
        integer | d | calculation: ${a} * 2 | trigger: ${a}
        calculate | e | calculation: ${c} + 1
        """,
        (("/data/b", 1), ("/data/a", 2), ("/data/b", 10), ("/data/d", 7)),
    ),
    "defaults": (
        """
        text | a | default: Brest
        integer | b | default: 3
        date | c | default: 2026-01-02
        select_one oui_non | d | default: no
        select_multiple fruits | e | default: pomme on
        date | f | default: today()
        calculate | g | calculation: concat(${a}, ${b})
        text | h | default: concat('x', 'y')
        integer | i | default: 1 + 2
        text | j | default: ${a}
        repeat | r
          text | k | default: dedans
          text | l | default: concat(${a}, position(..))
        end
        """,
        (("/data/r", 2), ("/data/a", "Quimper")),
    ),
    "choices filtered": (
        """
        select_one oui_non | a
        select_one fruits | b | choice_filter: ${a} = 'oui' or name = 'on'
        select_multiple fruits | c | choice_filter: selected(${b}, name) or ${a} = 'oui'
        select_one fruits | d | choice_filter: starts-with(name, 'po') | required: yes
        """,
        (
            ("/data/a", "oui"), ("/data/b", "pomme"), ("/data/c", ("pomme", "poire")),
            ("/data/d", "poire"), ("/data/a", "no"),
        ),
    ),
    "or other": (
        """
        select_one fruits or_other | a
        select_multiple oui_non or_other | b
        """,
        (("/data/a", "other"), ("/data/a_other", "kiwi"), ("/data/b", ("oui", "other"))),
    ),
    "repeats read from outside and inside": (
        """
        integer | seuil
        repeat | r
          text | nom
          integer | age
          calculate | rang | calculation: position(..)
          calculate | double | calculation: ${age} * 2
          text | ecole | relevant: ${age} < ${seuil}
          calculate | tous | calculation: count(${r})
          calculate | avant | calculation: indexed-repeat(${nom}, ${r}, position(..) - 1)
          calculate | nom_et_age | calculation: concat(${nom}, ' ', ../age)
        end
        calculate | n | calculation: count(${r})
        calculate | total | calculation: sum(${age})
        calculate | plus | calculation: max(${age})
        calculate | noms | calculation: join(', ', ${nom})
        calculate | second | calculation: indexed-repeat(${nom}, ${r}, 2)
        calculate | grands | calculation: count(${r}[age > 10])
        text | si | relevant: count(${r}) > 2
        """,
        (
            ("/data/seuil", 16), ("/data/r", 3), ("/data/r[1]/nom", "Deniz"), ("/data/r[1]/age", 8),
            ("/data/r[2]/nom", "Ayşe"), ("/data/r[2]/age", 17), ("/data/r[3]/nom", "Łucja"),
            ("/data/r[3]/age", 3), ("/data/seuil", 5),
        ),
    ),
    "running totals": (
        """
        repeat | r
          integer | a
          integer | b | calculation: ${a} + coalesce(indexed-repeat(${b}, ${r}, position(..)-1), 0)
        end
        calculate | c | calculation: indexed-repeat(${b}, ${r}, count(${r}))
        """,
        (
            ("/data/r", 3), ("/data/r[1]/a", 1), ("/data/r[2]/a", 2), ("/data/r[3]/a", 3),
            ("/data/r[1]/a", 10),
        ),
    ),
    "paths written out": (
        """
        integer | n
        group | g
          text | x
          calculate | y | calculation: concat(../x, ../../n, /data/n)
        end
        repeat | r
          text | a
          calculate | b | calculation: concat(../a, /data/n, ../../n)
          calculate | c | calculation: /data/r/a
          group | h
            calculate | d | calculation: concat(../../a, position(../..))
          end
        end
        calculate | e | calculation: string(/data/r/a)
        calculate | f | calculation: count(/data/r/a)
        """,
        (
            ("/data/n", 1), ("/data/g/x", "x"), ("/data/r", 2), ("/data/r[1]/a", "un"),
            ("/data/r[2]/a", "deux"),
        ),
    ),
    "triggers inside repeats": (
        """
        repeat | r
          integer | a
          text | b | calculation: concat('n', ${a}) | trigger: ${a}
          calculate | c | calculation: concat(${b}, '!')
        end
        """,
        (
            ("/data/r", 2), ("/data/r[1]/a", 1), ("/data/r[2]/a", 2), ("/data/r[1]/b", "écrit"),
            ("/data/r[2]/a", 3),
        ),
    ),
    "groups and repeats mixed": (
        """
        group | g
          repeat | r
            group | h | relevant: ${a} != 'non'
              text | b | required: ${a} = 'oui'
            end
            select_one oui_non | a
          end
          calculate | n | calculation: count-non-empty(${b})
        end
        calculate | m | calculation: ${n} * 2
        text | fin | relevant: selected(${a}, 'oui')
        """,
        (
            ("/data/g/r", 2), ("/data/g/r[1]/a", "oui"), ("/data/g/r[2]/h/b", "x"),
            ("/data/g/r[2]/a", "no"),
        ),
    ),
    "repeats inside repeats": (
        """
        repeat | p
          text | a
          repeat | q
            integer | b
            calculate | c | calculation: concat(${a}, position(..), position(../..))
            text | d | relevant: ${b} > 1 and ${a} != ''
          end
          calculate | e | calculation: count(${q})
          calculate | f | calculation: sum(${b})
        end
        calculate | g | calculation: count(${q})
        calculate | h | calculation: sum(${b})
        calculate | i | calculation: indexed-repeat(${b}, ${p}, 2, ${q}, 1)
        calculate | j | calculation: sum(${p}[2]/q/b)
        """,
        (
            ("/data/p", 2), ("/data/p[1]/q", 2), ("/data/p[2]/q", 3), ("/data/p[1]/a", "A"),
            ("/data/p[1]/q[1]/b", 1), ("/data/p[1]/q[2]/b", 2), ("/data/p[2]/q[1]/b", 3),
            ("/data/p[2]/q[2]/b", 4), ("/data/p[2]/q[3]/b", 5),
        ),
    ),
    "repeats that are counted": (
        """
        integer | n
        repeat | r | repeat_count: ${n}
          text | a
          calculate | b | calculation: concat(position(..), '/', ${n})
        end
        repeat | s | repeat_count: ${n} + 1
          text | c | default: x
        end
        repeat | fixe | repeat_count: 2
          text | d
        end
        calculate | e | calculation: count(${r})
        """,
        (("/data/n", 3), ("/data/r[2]/a", "deux"), ("/data/n", 2)),
    ),
    "a repeat that is not relevant": (
        """
        select_one oui_non | a
        repeat | r | relevant: ${a} = 'oui'
          text | b | required: yes
        end
        calculate | c | calculation: join('-', ${b})
        """,
        (("/data/a", "oui"), ("/data/r", 2), ("/data/r[1]/b", "x"), ("/data/a", "no")),
    ),
    "blanks and dates in conditions": (
        """
        integer | age
        date | ne
        date | fin
        text | a | relevant: ${age} < 18
        text | b | relevant: ${age} >= 0
        text | c | relevant: ${age} != ''
        text | d | relevant: ${ne} < today()
        text | e | relevant: ${ne} > ${fin}
        text | f | relevant: ${ne} = ${fin}
        text | g | relevant: not(${age} >= 18)
        text | h | relevant: ${fin} - ${ne} > 30
        text | i | relevant: int((today() - ${ne}) div 365.25) >= 18
        text | j | relevant: ${ne} <= date('2000-01-01')
        text | k | relevant: format-date(${ne}, '%Y') < 2000
        """,
        (("/data/ne", date(1985, 3, 12)),),
    ),
    "lists looked into": (
        """
        select_one fruits | a
        select_multiple fruits | p
        calculate | b | calculation: instance('fruits')/root/item[name = ${a}]/label
        calculate | c | calculation: count(instance('fruits')/root/item)
        calculate | d | calculation: jr:choice-name(${a}, '${a}')
        calculate | e | calculation: instance('fruits')/root/item[2]/label
        calculate | f | calculation: instance('fruits')/root/item[name = current()/../a]/label
        calculate | g | calculation: instance('fruits')/root/item[position() = 3]/name
        calculate | h | calculation: count(instance('fruits')/root/item[selected(${p}, name)])
        """,
        (("/data/a", "poire"), ("/data/p", ("pomme", "on"))),
    ),
    "predicates": (
        """
        integer | n
        repeat | r
          text | a
          integer | b
          calculate | moins | calculation: count(../../r[b < current()/../b])
        end
        calculate | c | calculation: ${r}[2]/a
        calculate | d | calculation: ${r}[position() = 1]/a
        calculate | e | calculation: join('-', ${r}[b > 1]/a)
        calculate | f | calculation: ${r}[b > 1][1]/a
        calculate | g | calculation: sum(${r}[a != '']/b)
        calculate | h | calculation: count(${r}[b = ${n}])
        calculate | i | calculation: ${r}[position() = ${n}]/a
        calculate | j | calculation: sum(${b}[. > 1])
        """,
        (
            ("/data/n", 3), ("/data/r", 3), ("/data/r[1]/a", "un"), ("/data/r[1]/b", 1),
            ("/data/r[2]/a", "deux"), ("/data/r[2]/b", 2), ("/data/r[3]/a", "trois"),
            ("/data/r[3]/b", 3),
        ),
    ),
    "other kinds": (
        """
        range | a | parameters: start=0 end=10 step=2
        range | b | parameters: start=0 end=1 step=0.25
        rank fruits | c
        acknowledge | d | required: yes
        hidden | e | default: secret
        note | f | relevant: ${d} = 'OK'
        calculate | g | calculation: concat(${a}, ' ', ${c}, ' ', ${d}, ' ', ${e})
        text | h | read_only: ${a} > 3 | default: fixe
        calculate | i | calculation: selected-at(${c}, 0)
        file | j
        image | k | required: yes
        """,
        (
            ("/data/a", 4), ("/data/b", 0.25), ("/data/c", ("on", "pomme", "poire")),
            ("/data/d", "OK"),
        ),
    ),
    "required with what a blank is": (
        """
        text | a | required: yes
        select_multiple fruits | b | required: yes
        acknowledge | c | required: yes
        integer | d | required: ${a} = ''
        note | e | required: yes
        calculate | f | calculation: '' | required: yes
        date | g | required: ${d} > 3
        repeat | r
          text | h | required: ${d} = 1
        end
        """,
        (("/data/d", 1), ("/data/r", 2), ("/data/r[2]/h", "x")),
    ),
}  # fmt: skip


FROM_A_FILE = """\
settings: {form_id: essai, version: "1", form_title: Essai, worth: preparation}
files:
  villes.csv: |
    name,label,dep,pop
    brest,Brest,29,139000
    quimper,Quimper,29,63000
    rennes,Rennes,35,220000
survey:
  - {type: text, name: dep, label: Département}
  - type: select_one_from_file villes.csv
    name: ville
    label: Ville
    choice_filter: "dep = ${dep}"
  - {type: calculate, name: a, calculation: "pulldata('villes', 'pop', 'name', ${ville})"}
  - {type: calculate, name: b, calculation: "instance('villes')/root/item[name = ${ville}]/label"}
  - {type: calculate, name: c, calculation: "count(instance('villes')/root/item[dep = ${dep}])"}
  - {type: calculate, name: d, calculation: "sum(instance('villes')/root/item[dep = 29]/pop)"}
  - {type: calculate, name: e, calculation: "pulldata('villes', 'pop', 'name', 'absente')"}
  - {type: calculate, name: f, calculation: "jr:choice-name(${ville}, '${ville}')"}
"""
"""A form whose choices come from a CSV file."""


def played_from_a_file(*answers: tuple[str, str]) -> Player:
    """The form with a CSV file, answered."""
    player = Player(read_form(FROM_A_FILE, file="essai.yaml"))
    for path, value in answers:
        player.set(path, value)
    return player


def played(name: str) -> Player:
    """A table, answered."""
    table, steps = TABLES[name]
    player = Player(read_form(definition(table), file="essai.yaml"))
    for path, value in steps:
        if isinstance(value, int) and player.is_repeat(path):
            player.count(path, value)
        else:
            player.set(path, value)
    return player
