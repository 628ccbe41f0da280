"""Queries that the playground opens with: each answers a question that somebody asks.

In: nothing. Out: `EXAMPLES`; a test runs every one of them against the sample policies.
"""

from __future__ import annotations

from typing import Any

EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "title": "Which policies are there?",
        "query": """# Which policies are there, and who is responsible?
query Policies {
  policies(first: 20) {
    nodes {
      key
      title
      language
      controller { name aliases }
      effectiveDate
      statementCount
      deniedCount
    }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    },
    {
        "title": "Who gets contact data?",
        "query": """# Who gets contact data, or any kind of it? Every answer shows the words it rests on.
query WhoGets($concept: String!, $lang: String) {
  statements(where: { practice: [SHARE, SELL, TRANSFER], concept: $concept }, first: 20) {
    nodes {
      policy { title }
      label(lang: $lang)
      quote
      facets {
        facet
        label(lang: $lang)
        mentions { exact start end }
      }
      page
    }
  }
}
""",
        "variables": {"concept": "Contact", "lang": "en"},
    },
    {
        "title": "What is denied?",
        "query": """# What do policies say they do not do, and with which exceptions?
query Denied {
  statements(where: { polarity: DENIED }, first: 20) {
    nodes {
      policy { title }
      practice
      polarity
      quote
      facets { facet label }
      conditions { effect kinds exact }
    }
  }
}
""",
    },
    {
        "title": "A saved report",
        "query": """# Who receives e-mail addresses? Any saved report can be asked; `reports { name title }` lists them.
query Report($parameters: [ReportParameter!]) {
  report(name: "who-gets", parameters: $parameters) {
    title
    rowCount
    rows(first: 20) {
      policy: text(column: "policy")
      recipients: text(column: "recipients")
      cells { column text iri }
    }
  }
}
""",
        "variables": {"parameters": [{"name": "category", "values": ["EmailAddress"]}]},
    },
)
