// Who gets a kind of data? A typed client in TypeScript: fetch and the types below, nothing installed.
// In: the server's address, a concept. Out: one line a statement. Node 23.6 or newer runs it as it is:
//   node who_gets.ts http://127.0.0.1:8000 Contact

// The query and the type of its answer and variables belong together: `ask` infers one from the other.
type Document<Data, Variables> = string & { readonly types?: (data: Data, variables: Variables) => void };

interface Statement {
  iri: string;
  quote: string;
  policy: { title: string | null; key: string };
  facets: { label: string }[];
}
interface WhoGets {
  statements: { nodes: Statement[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}
const WHO_GETS: Document<WhoGets, { concept: string; after?: string | null }> = `
query WhoGets($concept: String!, $after: String) {
  statements(where: { practice: [SHARE, SELL, TRANSFER], concept: $concept }, first: 50, after: $after) {
    nodes {
      iri
      quote
      policy { title key }
      facets(only: [RECIPIENT, NAMED_RECIPIENT]) { label }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions?: { mend?: string } }[];
}

async function ask<Data, Variables>(server: string, query: Document<Data, Variables>, variables: Variables): Promise<Data> {
  const response = await fetch(new URL("/graphql", server), {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer<Data>;
  for (const { message, extensions } of errors ?? []) throw new Error(`${message} ${extensions?.mend ?? ""}`.trim());
  if (!data) throw new Error(`The server answered with ${response.status}.`);
  return data;
}

async function* whoGets(server: string, concept: string): AsyncGenerator<Statement> {
  let after: string | null = null;
  do {
    const page: WhoGets["statements"] = (await ask(server, WHO_GETS, { concept, after })).statements;
    yield* page.nodes;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

const [server, concept] = process.argv.slice(2);
try {
  for await (const { policy, facets, quote } of whoGets(server, concept)) {
    const recipients = facets.map(({ label }) => label).join(", ") || "somebody";
    console.log(`${policy.title ?? policy.key}: ${recipients}: ${quote}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
