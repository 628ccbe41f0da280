// A report's page. In: #chart with the JSON of #chart-data ({kind, denied, x, y, value, points: [{x, y, value}]}, made
// by api/charts.py), a hidden button #print. Out: the chart as SVG, a working button. Without this the table says all.
import * as Plot from "@observablehq/plot";

const LABEL = 22; // characters' widths (em) of an axis label, then an ellipsis

const wide = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g;
const ems = (text) => Math.min(LABEL, text.length * 0.56 + (text.match(wide)?.length ?? 0) * 0.46);
const style = { fontSize: "12px", fontFamily: "inherit" };
const room = (labels) => Math.ceil(12 * Math.max(3, ...labels.map(ems))) + 14;

function bars({ points, denied, value }, kind) {
  const names = [...new Set(points.map(({ x }) => x))];
  const fill = denied ? "var(--denied)" : "var(--accent)";
  const marks =
    kind === "dot"
      ? [Plot.dot(points, { x: "value", y: "x", fill, fillOpacity: 0.75, r: 5, title: (d) => `${d.x}: ${d.value}` })]
      : [
          Plot.barX(points, { x: "value", y: "x", fill, title: (d) => `${d.x}: ${d.value}` }),
          Plot.text(points, { x: "value", y: "x", text: (d) => d.value.toLocaleString("en"), textAnchor: "start", dx: 4 }),
        ];
  return Plot.plot({
    style,
    width: 900,
    height: names.length * 28 + 64,
    marginLeft: room(names),
    marginRight: 60,
    marginBottom: 42,
    x: { label: value, grid: true, zero: true },
    y: { label: null, domain: names },
    marks: [Plot.axisY({ label: null, tickSize: 0, lineWidth: LABEL, textOverflow: "ellipsis" }), ...marks, Plot.ruleX([0])],
  });
}

function matrix({ points, denied, x, y }) {
  const columns = [...new Set(points.map((d) => d.x))];
  const rows = [...new Set(points.map((d) => d.y))];
  const most = Math.max(...points.map((d) => d.value));
  const strength = (d) => 0.12 + 0.78 * (d.value / most);
  const left = room(rows);
  const top = Math.ceil(room(columns) * 0.72) + 12;
  return Plot.plot({
    style,
    width: left + columns.length * 40 + Math.max(40, Math.ceil(room(columns) * 0.72)),
    height: top + rows.length * 26 + 10,
    marginLeft: left,
    marginTop: top,
    marginRight: Math.max(40, Math.ceil(room(columns) * 0.72)),
    marginBottom: 10,
    padding: 0.06,
    x: { domain: columns, label: null },
    y: { domain: rows, label: null },
    marks: [
      Plot.axisX({ anchor: "top", label: null, tickSize: 0, tickRotate: -45, lineWidth: LABEL, textOverflow: "ellipsis" }),
      Plot.axisY({ label: null, tickSize: 0, lineWidth: LABEL, textOverflow: "ellipsis" }),
      Plot.cell(points, {
        x: "x",
        y: "y",
        fill: denied ? "var(--denied)" : "var(--accent)",
        fillOpacity: strength,
        title: (d) => `${x}: ${d.x}\n${y}: ${d.y}\n${d.value}`,
      }),
      Plot.text(points, { x: "x", y: "y", text: "value", fill: (d) => (strength(d) > 0.55 ? "var(--paper)" : "var(--ink)") }),
    ],
  });
}

const place = document.getElementById("chart");
if (place) {
  const chart = JSON.parse(document.getElementById("chart-data").textContent);
  const drawn = chart.kind === "matrix" ? matrix(chart) : bars(chart, chart.kind);
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", chart.caption);
  place.prepend(drawn);
}
const button = document.getElementById("print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
