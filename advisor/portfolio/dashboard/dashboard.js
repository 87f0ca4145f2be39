"use strict";
// The list of units: filter, sort, page, details. Everything shown is text from the data block, never markup.
const data = JSON.parse(document.getElementById("data").textContent);
const { words, units } = data;
const PAGE = 50, PRINTED = 500;
const count = units.name.length;
const state = { view: "advice", key: null, down: false, page: 0, size: PAGE, filters: {}, search: "" };
const at = (id) => document.getElementById(id);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
const spoken = document.documentElement.lang;
const figure = (value) => (value === null ? "" : value.toLocaleString(spoken,
  { maximumFractionDigits: Math.abs(value) < 1000 ? 1 : 0, roundingMode: "halfEven" }).replace("-", "−"));

function make(tag, attributes = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null) continue;
    if (name === "onclick") node.addEventListener("click", value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.filter((part) => part !== null && part !== false && part !== ""));
  return node;
}

// What can be filtered by: outcome → the words in order, and the word of a unit.
const filters = {
  verdict: { title: words.verdict, options: data.verdicts, of: (i) => data.verdicts[units.verdict[i]][0] },
  first_pattern: { title: words.use, options: data.patterns, of: (i) => first(i) },
};
data.preparations.forEach(([name, title], place) => {
  filters["preparation." + name] = { title, options: data.statuses, of: (i) => data.statuses[units.statuses[i][place]][0] };
});
filters.erosion = { title: words.erosion, options: data.levels, of: (i) => data.levels[units.level[i]][0] };

function first(i) {
  const uses = units.uses[i];
  return data.patterns[uses.length ? uses[0] : data.patterns.length - 1][0];
}
const several = data.organisations.length > 1;
const label = (i) => units.name[i] + (several ? ", " + data.organisations[units.organisation[i]] : "");
const uses = (i) => units.uses[i].map((use) => data.patterns[use][1]).join(", ");

// ---------------------------------------------------------------- columns of the views
function state_cell(kinds, value) {
  return { text: kinds[value][1], tone: kinds[value][2] };
}
const name_column = { key: "name", head: words.unit, by: (i) => label(i).toLowerCase(), header: true,
  cell: (i) => make("span", {}, make("button", { type: "button", class: "link", onclick: () => open(i) }, units.name[i]),
    several && make("span", { class: "org" }, data.organisations[units.organisation[i]])) };
const verdict_column = { key: "verdict", head: words.verdict, by: (i) => units.verdict[i], cell: (i) => data.verdicts[units.verdict[i]][1] };
const level_column = { key: "level", head: words.level, by: (i) => units.level[i], state: (i) => state_cell(data.levels, units.level[i]) };
const number_column = (key, head) => ({ key, head, right: true, by: (i) => units[key][i], cell: (i) => figure(units[key][i]) });
const views = {
  advice: () => [name_column, verdict_column, { key: "uses", head: words.use, by: (i) => uses(i), cell: (i) => uses(i) || data.patterns.at(-1)[1] },
    ...data.patterns.slice(0, -1).map(([, title], place) => ({ key: "low." + place, head: say("support", { pattern: title }),
      by: (i) => units.low[place][i], cell: (i) => support(i, place) })),
    { key: "firm", head: words.firm, by: (i) => units.firm[i], cell: (i) => (units.firm[i] ? words.yes : words.no) }],
  preparations: () => [name_column, verdict_column, ...data.preparations.map(([name, title], place) => ({ key: "status." + name, head: title,
    by: (i) => units.statuses[i][place], state: (i) => state_cell(data.statuses, units.statuses[i][place]) }))],
  erosion: () => [name_column, level_column, ...data.indicators.map((title, place) => ({ key: "mark." + place, head: title, mark: true,
    by: (i) => -"0?1".indexOf(units.marks[i][place]), state: (i) => mark(units.marks[i][place]) }))],
  hours: () => [name_column, verdict_column, number_column("free", words.free_hours),
    units.later.some((hours) => hours !== null) && number_column("later", words.later_hours), number_column("net", words.net),
    number_column("growth", words.growth), { key: "severe", head: words.findings, right: true, by: (i) => units.severe[i], cell: (i) => String(units.severe[i]) }].filter(Boolean),
};
const marks = { 1: ["●", "bad", words.red], 0: ["", "good", words.not_red], "?": ["?", "none", words.open] };
function mark(value) {
  const [text, tone, title] = marks[value];
  return { text, tone, title };
}
function support(i, place) {
  const low = units.low[place][i], high = units.high[place][i];
  if (low === null) return "";
  const sure = make("span"), open = make("span", { class: "open" });
  sure.style.width = low + "%";
  open.style.left = low + "%";
  open.style.width = high - low + "%";
  const shown = Math.floor(low) === Math.ceil(high) ? String(low) : Math.floor(low) + "–" + Math.ceil(high);
  return make("span", { class: "support" }, make("span", { class: "range", "aria-hidden": "true" }, sure, open), shown);
}

// ---------------------------------------------------------------- filter, sort, show
function chosen() {
  const wanted = Object.entries(state.filters).filter(([, value]) => value !== "");
  const search = state.search.trim().toLowerCase();
  const found = [];
  for (let i = 0; i < count; i++) {
    if (wanted.every(([name, value]) => filters[name].of(i) === value) && (!search || label(i).toLowerCase().includes(search))) found.push(i);
  }
  const column = views[state.view]().find((each) => each.key === state.key);
  if (column) {
    const sign = state.down ? -1 : 1;
    found.sort((a, b) => compare(column.by(a), column.by(b), sign) || a - b);
  }
  return found;
}
function compare(a, b, sign) {
  if (a === null || b === null) return (a === null) - (b === null); // what is not known comes last, either way
  return (a < b ? -1 : a > b ? 1 : 0) * sign;
}

function header(column) {
  const sorted = state.key === column.key;
  const button = make("button", { type: "button", "data-key": column.key, title: say("sort", { column: column.head }), onclick: () => sort(column.key) }, column.head);
  return make("th", { scope: "col", role: "columnheader", class: (column.mark ? "mark" : "") + (column.right ? " right" : ""),
    "aria-sort": sorted && (state.down ? "descending" : "ascending") }, button);
}
function cell(column, i) {
  if (column.header) return make("th", { scope: "row", role: "rowheader" }, column.cell(i));
  const attributes = { role: "cell", "data-head": column.head, class: (column.mark ? "mark" : "") + (column.right ? " right" : "") };
  if (!column.state) return make("td", attributes, column.cell(i));
  const { text, tone, title } = column.state(i);
  attributes.class += " state " + tone;
  if (!title) return make("td", attributes, text);
  return make("td", { ...attributes, title: column.head + ": " + title }, make("span", { role: "img", "aria-label": column.head + ": " + title }, text || " "));
}

function render() {
  const found = chosen(), pages = Math.max(1, Math.ceil(found.length / state.size));
  state.page = Math.min(state.page, pages - 1);
  const columns = views[state.view](), from = state.page * state.size;
  const body = found.slice(from, from + state.size).map((i) => make("tr", { role: "row" }, ...columns.map((column) => cell(column, i))));
  const table = make("table", { role: "table", class: "list " + state.view },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...columns.map(header))), make("tbody", { role: "rowgroup" }, ...body));
  at("table").replaceChildren(found.length ? table : make("p", {}, words.none_shown));
  at("shown").textContent = say("shown", { shown: found.length.toLocaleString(spoken), all: count.toLocaleString(spoken) });
  at("printed").textContent = found.length > PRINTED ? say("printed", { number: PRINTED, all: found.length }) : "";
  at("legend").replaceChildren(...legend().map(([tone, text, sign]) => make("li", {}, make("span", { class: "dot " + tone, "aria-hidden": "true" }, sign || ""), text)));
  turn(pages);
  for (const button of document.querySelectorAll("[data-filter]")) {
    button.setAttribute("aria-pressed", state.filters[button.dataset.filter] === button.dataset.value);
  }
  for (const select of at("filters").querySelectorAll("select")) select.value = state.filters[select.name] || "";
}
function legend() {
  if (state.view !== "erosion") return [];
  return ["1", "0", "?"].map((value) => [marks[value][1], marks[value][2]]);
}
function turn(pages) {
  const step = (by, text, off) => make("button", { type: "button", class: "button", disabled: off, onclick: () => { state.page += by; render(); at("table").focus({ preventScroll: true }); at("units").scrollIntoView(); } }, text);
  const shown = make("span", {}, say("page_of", { page: state.page + 1, pages }));
  at("pages").replaceChildren(...(pages > 1 ? [step(-1, words.previous, state.page === 0), shown, step(1, words.next, state.page === pages - 1)] : []));
}
function sort(key) {
  state.down = state.key === key && !state.down;
  state.key = key;
  state.page = 0;
  render();
  at("table").querySelector(`[data-key="${CSS.escape(key)}"]`).focus();
}
function filter(name, value) {
  state.filters[name] = value;
  state.page = 0;
  render();
}

// ---------------------------------------------------------------- details of one unit
function open(i) {
  const dialog = at("details"), close = make("button", { type: "button", class: "button", onclick: () => dialog.close() }, words.close);
  const used = units.uses[i].map((use) => (units.share[use][i] === null ? data.patterns[use][1] : say("shares", { pattern: data.patterns[use][1], share: units.share[use][i] })));
  const parts = [make("header", {}, make("div", {}, make("h2", { id: "details-title" }, label(i)), make("p", {}, [data.verdicts[units.verdict[i]][1], ...used].join(" · "))), close)];
  parts.push(facts(i));
  if (units.found[i].length) parts.push(make("h3", {}, words.found), make("ul", {}, ...units.found[i].map(finding)));
  parts.push(...neighbours(words.alike, units.near[i]), ...neighbours(words.another, units.other[i] ? [units.other[i]] : []));
  dialog.firstElementChild.replaceChildren(...parts);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}
function facts(i) {
  const row = (head, ...inside) => make("tr", {}, make("th", { scope: "row" }, head), make("td", {}, ...inside));
  const rows = data.patterns.slice(0, -1).map(([, title], place) => row(say("support", { pattern: title }), support(i, place)));
  data.preparations.forEach(([, title], place) => rows.push(row(title, data.statuses[units.statuses[i][place]][1])));
  rows.push(row(words.erosion, data.levels[units.level[i]][1]));
  for (const [key, head] of [["free", words.free_hours], ["later", words.later_hours], ["net", words.net], ["growth", words.growth]]) {
    if (units[key][i] !== null) rows.push(row(head, figure(units[key][i])));
  }
  return make("table", {}, make("tbody", {}, ...rows));
}
function finding(rule) {
  const [title, severity, shown] = data.rules[rule];
  return make("li", {}, make("span", { class: "severity " + severity }, shown), " " + title);
}
function neighbours(head, found) {
  const items = found.map(([place, alike, differs]) => make("li", {},
    make("button", { type: "button", class: "link", onclick: () => open(place) }, label(place)),
    ` (${data.verdicts[units.verdict[place]][1]}), ${say("alike_pct", { share: alike })}`,
    make("ul", {}, ...(differs.length ? differs.map(([question, here, there]) => make("li", {}, `${data.questions[question]}: ${say("here_there", { here: data.texts[here], there: data.texts[there] })}`)) : [make("li", {}, words.same_answers)]))));
  return items.length ? [make("h3", {}, head), make("ul", {}, ...items)] : [];
}

// ---------------------------------------------------------------- what a person can operate
function build() {
  const search = make("input", { type: "search", name: "search" });
  search.addEventListener("input", () => { state.search = search.value; state.page = 0; render(); });
  const selects = Object.entries(filters).map(([name, each]) => {
    const select = make("select", { name }, make("option", { value: "" }, words.any), ...each.options.map(([word, title]) => make("option", { value: word }, title)));
    select.addEventListener("change", () => filter(name, select.value));
    return make("label", {}, each.title, select);
  });
  const clear = () => { state.filters = {}; state.search = search.value = ""; state.page = 0; render(); search.focus(); };
  at("filters").append(make("label", {}, words.search, search), ...selects, make("button", { type: "button", class: "button", onclick: clear }, words.clear));
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  for (const view of Object.keys(views)) {
    const radio = make("input", { type: "radio", name: "view", value: view, checked: view === state.view });
    radio.addEventListener("change", () => { state.view = view; state.key = null; render(); });
    at("views").append(make("label", {}, radio, words["view_" + view]));
  }
  for (const button of document.querySelectorAll("[data-filter]")) {
    button.addEventListener("click", () => {
      const { filter: name, value } = button.dataset;
      filter(name, state.filters[name] === value ? "" : value);
    });
  }
  for (const button of document.querySelectorAll("[data-unit]")) button.addEventListener("click", () => open(Number(button.dataset.unit)));
  window.addEventListener("beforeprint", () => { state.size = PRINTED; state.before = state.page; state.page = 0; render(); });
  window.addEventListener("afterprint", () => { state.size = PAGE; state.page = state.before; render(); });
  render();
}
if (at("filters")) build();
