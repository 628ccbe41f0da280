"""The page about GraphQL: ten questions with the answers that the sample policies give.

In: a client of the app over the samples (and an older text of one). Out: `page`, the Markdown.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi.testclient import TestClient

HEAD = """# GraphQL

`clausegraph serve` answers GraphQL at `/graphql`; a browser that opens it sees the playground, with the whole schema
explained. The schema is also [a file](schema.graphql), which `clausegraph schema` prints. This page is made by
`make docs` from the sample policies: a test asks the questions below and fails when an answer is no longer the one
printed.

```
curl http://127.0.0.1:8000/graphql -H 'Content-Type: application/json' \\
  -d '{"query": "{ policies { nodes { key title } } }"}'
```

## What holds everywhere

- **Affirmed and denied.** Lists hold what texts *affirm*, unless you ask for `polarity: DENIED` or `BOTH`; then read
  each statement's `polarity`. Counts never add the two up.
- **Concepts** go by name (`EmailAddress`), IRI, DPV term (`pd:EmailAddress`) or official code (`C001`). Affirmed
  statements match a concept and all below it. Denied ones match it and all above it: who never shares personal data
  never shares locations. A denial that names a general value beside a narrower one denies the narrower only.
- **Silence is no denial.** `lacks` finds policies that do not say something; `states: {polarity: DENIED}` those that
  say they do not do it.
- **Everything is a node**: `iri` is its name in RDF, `id` its Relay id for `node` and `nodes`, `page` its page here.
- **Lists** go page by page: `first`, then `after` with the last `endCursor`. A cursor names what was seen last, so that
  nothing is missed or given twice while policies are added; it belongs to one `orderBy`. `totalCount` and counts are
  worked out only where asked for.
- **Evidence**: `mentions` are the exact words, with `start` and `end` in the policy's `text` and the words `before` and
  `after`.
- **Labels** come in the language of `lang`, else of the request's `Accept-Language`.
- **Speed**: a list costs the same few store queries whether it has one statement or two hundred. The first search
  reads all texts into an index in memory; later ones only what has changed.
- What you got wrong is answered with the error's `message` and, in `extensions.mend`, what to do.
"""

#: (question, what the answer shows, query)
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "Which policies are there, and who is responsible?",
        "",
        """{
  policies(orderBy: NEWEST, first: 4) {
    totalCount
    languages { language count }
    nodes { key language effectiveDate statementCount controller { name } }
  }
}""",
    ),
    (
        "Who gets contact data, or any kind of it, and where does the text say so?",
        "Contact takes in e-mail addresses, telephone numbers and the like.",
        """{
  statements(where: { practice: [SHARE], concept: "Contact" }, first: 2) {
    totalCount
    nodes {
      policy { key }
      quote
      facets(only: [DATA_CATEGORY, RECIPIENT]) {
        facet
        label(lang: "en")
        mentions { exact before(characters: 12) after(characters: 12) }
      }
    }
  }
}""",
    ),
    (
        "With whom do Czech policies say they share nothing, and with which exceptions?",
        "",
        """{
  statements(where: { polarity: DENIED, practice: [SHARE, SELL] }, of: { language: "cs" }, first: 3) {
    nodes {
      practice
      polarity
      quote
      conditions { effect kinds exact }
    }
  }
}""",
    ),
    (
        "Who never sells locations?",
        "Also whoever says so of all personal data: denials match upward. Read the conditions before you rely on one.",
        """{
  policies(where: { states: [{ practice: [SELL], concept: "Location", polarity: DENIED }] }) {
    nodes { key title }
  }
}""",
    ),
    (
        "Which policies share data and name no right to erasure?",
        "They are silent about it; that is not the same as denying it.",
        """{
  policies(where: {
    states: [{ practice: [SHARE] }]
    lacks: [{ concept: "RightToErasure" }]
  }) {
    nodes { key title language }
  }
}""",
    ),
    (
        "What is kept longest?",
        "",
        """{
  statements(where: { practice: [RETAIN] }, orderBy: LONGEST_KEPT, first: 3) {
    nodes { policy { key } quote duration { iso days bound } }
  }
}""",
    ),
    (
        "What is collected, as the filters of a search page show it?",
        "With `includingNarrower` a value counts for everything above it too.",
        """{
  statements(where: { practice: [COLLECT] }, first: 1) {
    totalCount
    facets(only: [DATA_CATEGORY, SOURCE], first: 4) {
      facet
      valueCount
      values { label(lang: "zh-Hant") affirmed denied }
    }
  }
}""",
    ),
    (
        "Which clauses speak of deleting personal data, in either Chinese script?",
        "Asked in Simplified characters; Traditional texts are found as well.",
        """{
  search(query: "个人资料 删除", first: 2) {
    totalCount
    nodes {
      hits
      clause { path policy { key } }
      places(first: 2) { exact before after }
    }
  }
}""",
    ),
    (
        "Two policies side by side: with whom do they share?",
        "An empty list means that the policy does not say so.",
        """{
  compare(policies: ["en/fernway-books", "cs/vrbovka-zahrada"], facet: RECIPIENT, practice: [SHARE]) {
    rows {
      label(lang: "en")
      cells { policy { key } affirmed { quote } denied { quote } }
    }
  }
}""",
    ),
    (
        "What has a policy changed?",
        "The store holds an older text of this policy too. Any two versions: `changes(from: …, to: …)`.",
        """{
  policy(name: "en/fernway-books") {
    versions { effectiveDate isCurrent statementCount }
    changes {
      kind
      before { practice polarity quote }
      after { practice polarity quote }
      gained { what label(lang: "en") }
      lost { what label(lang: "en") }
    }
  }
}""",
    ),
    (
        "What is pd:EmailAddress called here, and who speaks of it?",
        "",
        """{
  concept(name: "pd:EmailAddress") {
    name
    cs: label(lang: "cs")
    hant: label(lang: "zh-Hant")
    broader { name }
    links { match curie }
    usage { affirmed denied policies }
  }
}""",
    ),
)
TAIL = """## More

Saved reports can be asked too: `reports { name title }` lists them, and
`report(name: "who-gets", parameters: [{name: "category", values: "Contact"}]) { rows { cells { column text } } }`
answers one. What a query cannot say, [SPARQL](sparql.md) can.
"""


def page(client: TestClient) -> str:
    """docs/graphql.md as it should be."""
    parts = [HEAD, f"## {len(QUESTIONS)} questions\n"]
    for number, (question, remark, query) in enumerate(QUESTIONS, 1):
        answer: Any = client.post("/graphql", json={"query": query}).json()
        assert "errors" not in answer, (question, answer)
        assert answer["data"], question
        text = json.dumps(answer["data"], ensure_ascii=False, indent=1)
        parts.append(f"### {number}. {question}\n\n" + (f"{remark}\n\n" if remark else ""))
        parts.append(f"```graphql\n{query}\n```\n\n```json\n{text}\n```\n\n")
    return "".join([parts[0], "\n", parts[1], "\n", *parts[2:], TAIL])
