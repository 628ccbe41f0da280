// The SPARQL editor. In: the element #yasgui, the JSON of #setup ({endpoints: [{title, path}], prefixes, first,
// examples: [{name, title, group, query, history}], terms: {classes, properties, concepts}, local: [[namespace, path]]}).
// Out: YASGUI over this server's own endpoints; nothing is fetched from another host.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";

const place = document.getElementById("yasgui");
const setup = JSON.parse(document.getElementById("setup").textContent);
const absolute = (path) => new URL(path, location.href).href;
const endpoints = setup.endpoints.map(({ title, path }) => ({ title, endpoint: absolute(path) }));
const { Yasqe, Yasr, Tab } = Yasgui;

// Suggestions: our own terms. The originals ask prefix.cc and Linked Open Vocabularies.
const whole = (terms) => ({ get: () => Promise.resolve(terms), bulk: true, autoShow: false, persistenceId: undefined });
Object.assign(Yasqe.Autocompleters.prefixes, {
  get: () => Promise.resolve(Object.entries(setup.prefixes).map(([name, iri]) => `${name}: <${iri}>`)),
  persistenceId: undefined,
});
Object.assign(Yasqe.Autocompleters.class, whole(setup.terms.classes));
Object.assign(Yasqe.Autocompleters.property, whole(setup.terms.properties));
Yasqe.registerAutocompleter({
  ...Yasqe.Autocompleters.property,
  ...whole(setup.terms.concepts),
  name: "concepts",
  isValidCompletionPosition: (yasqe) => yasqe.getCompleteToken().string.startsWith("cgc:"),
});

// IRIs of ours lead to this server's pages.
const link = Yasr.plugins.table.prototype.getUriLinkFromBinding;
Yasr.plugins.table.prototype.getUriLinkFromBinding = function (...given) {
  return setup.local.reduce(
    (html, [namespace, path]) => html.replace(/(href=['"])([^'"]*)/, (all, start, iri) =>
      iri.startsWith(namespace) ? start + path + iri.slice(namespace.length) : all),
    link.apply(this, given),
  );
};

// The server's errors are problem+json: a sentence, and what mends it.
Yasr.defaults.errorRenderers = [
  async ({ text }) => {
    let problem;
    try {
      problem = JSON.parse(text ?? "");
    } catch {
      return undefined;
    }
    if (!problem?.detail) return undefined;
    const shown = document.createElement("div");
    for (const words of [problem.detail, problem.mend]) {
      if (words) shown.appendChild(document.createElement("p")).textContent = words;
    }
    return shown;
  },
];

const permalink = (query, endpoint) => {
  const values = new URLSearchParams({ query });
  if (endpoint !== endpoints[0].endpoint) values.set("endpoint", new URL(endpoint).pathname);
  const url = new URL(location.pathname, location.href);
  url.hash = values.toString();
  return url.href;
};
Tab.prototype.getShareableLink = function () {
  return permalink(this.getQuery(), this.getEndpoint());
};

const yasgui = new Yasgui(place, {
  persistenceId: "clausegraph-query",
  populateFromUrl: false, // it would take an endpoint and headers from whoever wrote the link
  requestConfig: { endpoint: endpoints[0].endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => endpoints },
  yasqe: {
    value: setup.first,
    editorHeight: "24rem",
    autocompleters: ["variables", "prefixes", "class", "property", "concepts"],
  },
  yasr: { prefixes: setup.prefixes },
});

function open(name, query, endpoint = endpoints[0].endpoint) {
  // Tabs that were not shown yet have no editor: what they hold is asked of their stored form.
  const same = Object.values(yasgui._tabs).find((tab) => {
    const { yasqe, requestConfig } = tab.getPersistedJson();
    return yasqe.value === query && requestConfig.endpoint === endpoint;
  });
  if (same) yasgui.selectTabId(same.getId());
  else {
    const requestConfig = { ...yasgui.config.requestConfig, endpoint };
    yasgui.addTab(true, { name: yasgui.createTabName(name), yasqe: { value: query }, requestConfig });
  }
  return yasgui.getTab();
}

function openLink() {
  const inHash = new URLSearchParams(location.hash.slice(1));
  const given = inHash.has("query") ? inHash : new URLSearchParams(location.search);
  if (!given.has("query")) return;
  const known = endpoints.find(({ endpoint }) => new URL(endpoint).pathname === given.get("endpoint"));
  open("Link", given.get("query"), known?.endpoint).query().catch(() => {});
}

yasgui.on("query", (_, tab) => history.replaceState(null, "", permalink(tab.getQuery(), tab.getEndpoint())));
addEventListener("hashchange", openLink);
openLink();

const examples = document.getElementById("example");
examples.addEventListener("change", () => {
  const chosen = setup.examples.find(({ name }) => name === examples.value);
  if (chosen) open(chosen.title, chosen.query, chosen.history ? endpoints[1]?.endpoint : undefined);
  examples.value = "";
});

const which = document.getElementById("endpoint");
const follow = () => {
  which.value = yasgui.getTab()?.getEndpoint() ?? endpoints[0].endpoint;
};
if (which) {
  for (const { title, endpoint } of endpoints) which.add(new Option(title, endpoint));
  which.addEventListener("change", () => yasgui.getTab()?.setEndpoint(which.value));
  yasgui.on("tabSelect", () => setTimeout(follow));
  yasgui.on("tabAdd", () => setTimeout(follow));
  follow();
}
