// Bundles our browser code. In: src/* and node_modules. Out: DIR (the first argument) with one .js and .css a
// page, the Monaco workers, and THIRD-PARTY-NOTICES.txt naming every package in the bundles with its licence.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const outdir = resolve(process.argv[2] ?? join(root, "..", "static", "vendor"));

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: "none", // the licences stand in THIRD-PARTY-NOTICES.txt
  target: "es2022",
  outdir,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".ttf": "file", ".woff": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
  assetNames: "assets/[name]-[hash]",
};

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });

const results = [
  await build({
    ...shared,
    entryPoints: { graphql: "src/graphql.jsx", query: "src/query.js", report: "src/report.js" },
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    jsx: "automatic",
  }),
  await build({
    ...shared,
    entryPoints: {
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    format: "iife",
  }),
];

// Some packages (YASGUI) come as bundles themselves: their source maps name what is inside.
const inside = (path) => {
  const map = join(root, `${path}.map`);
  return existsSync(map) ? JSON.parse(readFileSync(map, "utf8")).sources : [];
};
const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
const folders = new Set();
for (const path of inputs) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (found) folders.add(found[1]);
}
for (const path of inputs.flatMap(inside)) {
  const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (found && existsSync(join(root, "node_modules", found[1]))) folders.add(join("node_modules", found[1]));
}

const entries = [...folders].map((folder) => {
  const at = join(root, folder);
  const { name, version, license, homepage, author } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  const files = readdirSync(at).filter((file) => /^(licen[cs]e|copying|notice|thirdparty)/i.test(file)).sort();
  const texts = files.map((file) => readFileSync(join(at, file), "utf8").trim());
  const by = typeof author === "string" ? author : author?.name;
  const own = texts.length ? texts.join("\n\n") : `Copyright ${by ?? `the authors of ${name}`}`;
  return { name: `${name} ${version}`, text: `${name} ${version} (${license ?? "see below"})\n${homepage ?? ""}\n\n${own}\n` };
});
entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
const unique = [...new Map(entries.map((entry) => [entry.name, entry.text])).values()];
writeFileSync(
  join(outdir, "THIRD-PARTY-NOTICES.txt"),
  "The browser bundles beside this file contain the following packages.\n\n" + unique.join(`\n${"-".repeat(78)}\n\n`),
);
for (const name of ["graphql.js", "query.js", "report.js"]) {
  if (!existsSync(join(outdir, name))) throw new Error(`${outdir}/${name} was not made`);
}
console.log(`${unique.length} packages bundled into ${outdir}`);
