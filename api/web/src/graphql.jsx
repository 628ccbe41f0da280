// The GraphQL playground. In: the element #graphiql with data-endpoint, the JSON of #examples
// ([{title, query, variables?}]). Out: GraphiQL with one tab an example; nothing is fetched from another host.
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";

const here = new URL(".", import.meta.url);
const workers = { json: "json.worker.js", graphql: "graphql.worker.js" };
globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(new URL(workers[label] ?? "editor.worker.js", here)),
};

const place = document.getElementById("graphiql");
const examples = JSON.parse(document.getElementById("examples").textContent);
const given = new URLSearchParams(location.search);
const tabs = examples.map(({ query, variables }) => ({ query, variables: variables && JSON.stringify(variables, null, 2) }));
if (given.has("query")) tabs.unshift({ query: given.get("query"), variables: given.get("variables") ?? undefined });

const ask = createGraphiQLFetcher({ url: new URL(place.dataset.endpoint, location.href).href });
// Right after a change of tabs GraphiQL still sends the name of the other tab's operation: such a name is left out.
const fetcher = ({ operationName, ...request }, options) => {
  const known = operationName && new RegExp(`\\b${operationName}\\b`).test(request.query);
  return ask(known ? { ...request, operationName } : request, options);
};

createRoot(place).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    defaultQuery={examples[0]?.query}
    defaultEditorToolsVisibility={false}
    plugins={[HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })]}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <a className="clausegraph-home" href={place.dataset.home}>ClauseGraph</a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
