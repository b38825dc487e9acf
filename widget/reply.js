// Draws what the channel answers: text, service cards, findings and charts.

/** Build a node. Strings become text, never markup; functions become listeners. */
export const h = (tag, props, ...kids) => {
  const svg = /^(svg|rect|text|tspan|line)$/.test(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value);
  }
  node.append(...kids.flat(9).filter((kid) => kid));
  return node;
};

/** A link, or plain text when the scheme is not one of ours. */
const link = (href, text, props) =>
  /^(https|tel|sms|mailto):/.test(href) ? h("a", { href, rel: "noopener noreferrer nofollow", ...props }, text) : h("span", null, text);

export const hidden = (text) => h("span", { class: "sr" }, text);
export const soft = (text) => text && h("p", { class: "soft" }, text);
export const button = (text, onclick, kind) => h("button", { type: "button", class: kind, onclick }, text);
const fold = (summary, ...kids) => h("details", null, h("summary", null, summary), kids);
const pairs = (...rows) =>
  h(
    "dl",
    null,
    rows.map(([name, text]) => text && [h("dt", null, name), h("dd", null, text)]),
  );

/** The numbers that a reply gives, each with its link. */
export const ways = (messages, carried) => {
  const calls = messages.flatMap(({ custom }) => custom?.services ?? []).flatMap(({ call = [] }) => call);
  const urgent = messages.some(({ custom }) => custom?.urgent);
  const known = urgent || calls.length ? [...carried.map(({ call, href }) => [call, href]), ...calls.map(({ number, href }) => [number, href])] : [];
  return new Map(known.filter(([number]) => /^[\d ]+$/.test(number)));
};

/** A line in which those numbers can be pressed. */
const line = (text, numbers) => {
  const parts = numbers.size ? text.split(new RegExp(`\\b(${[...numbers.keys()].join("|")})\\b`)) : [text];
  return h(
    "p",
    null,
    parts.map((part) => (numbers.has(part) ? link(numbers.get(part), part) : part)),
  );
};

/** The lines of a text, without those that the finding or the chart beside them says again. */
const lines = (text = "", { finding, chart }) => {
  const drawn = (one, i) =>
    one === chart.caption ||
    chart.rows.some((row) => one.replace(/ +[#>-]* +/, " ") === `${row.label} ${row.text}`) ||
    (i && chart.rows.every((row) => one.includes(row.text)));
  const told = (one) => finding?.caveats.some((caveat) => one.includes(caveat));
  return text.split("\n").filter((one, i) => one && !(chart && drawn(one, i)) && !told(one));
};

const card = (t, { name, call = [], text = [], chat, web = [], ...about }) => {
  const way = (href, label, note, kind = "way") =>
    h("li", null, link(href, [label, hidden(name)], { class: kind }), note && h("small", null, note));
  const facts = [about.expect, about.age, about.confidential, about.anonymous];
  return h(
    "li",
    { class: "card" },
    h("h2", null, name),
    h("p", null, about.for),
    h(
      "ul",
      { class: "row" },
      call.map((one) => way(one.href, `${t.call} ${one.number}`, one.note)),
      text.map((one) => way(one.href, one.label)),
      chat && way(chat.url, chat.label),
      web.map((one) => way(one.url, one.label, null, "more")),
    ),
    soft([about.hours, about.cost].filter(Boolean).join(". ")),
    facts.some(Boolean) && fold(t.expect, pairs(...t.facts.map((fact, i) => [fact, facts[i]]))),
  );
};

/** Copy as text, or by hand where that is forbidden. */
const copy = async (text, pressed, t, tell) => {
  try {
    await navigator.clipboard.writeText(text);
    tell(t.copied);
  } catch {
    const box = h("textarea", { readonly: "", rows: 8, "aria-label": t.byHand }, text);
    pressed.after(box);
    box.select();
  }
};

/** Print the contacts alone, never the conversation. */
const print = async (text) => {
  const before = document.adoptedStyleSheets;
  const rules = "@media screen{.signpost-print{display:none}}@media print{body>:not(.signpost-print){display:none!important}}";
  document.adoptedStyleSheets = [...before, await new CSSStyleSheet().replace(rules)];
  const paper = h("pre", { class: "signpost-print" }, text);
  document.body.append(paper);
  window.print();
  paper.remove();
  document.adoptedStyleSheets = before;
};

const finding = (t, found) =>
  h(
    "div",
    { class: "card" },
    h("p", null, h("strong", null, found.value), !found.value.includes(found.unit) && ` ${found.unit}`),
    h("p", null, [found.series, found.area, found.period].filter(Boolean).join(", ")),
    soft(t[found.status]),
    found.caveats.map(soft),
    fold(
      t.source,
      pairs([t.publisher, found.publisher], [t.source, link(found.source.url, found.source.title)], [t.working, found.working]),
    ),
  );

/** Bars with their labels above them, sized in em so that they grow with the text. A year without a figure has no bar; what is open or worked out is dashed. */
const chart = (t, { caption, unit, source, rows }) => {
  const top = Math.max(...rows.map((row) => row.high ?? row.value * 1.2)) || 1;
  const share = (value) => `${(Math.max(0, value) / top) * 100}%`;
  const bars = rows.map(({ label, text, value, low, high, derived }, i) => [
    h("text", { y: `${3 * i + 1}em` }, `${label}: `, h("tspan", null, text)),
    h("rect", { y: `${3 * i + 1.4}em`, height: "1em", width: share(value), class: derived && "open" }),
    low !== high &&
      h("line", { x1: share(low), x2: share(high ?? top), y1: `${3 * i + 1.9}em`, y2: `${3 * i + 1.9}em`, class: high ?? "open" }),
  ]);
  const read = rows.map((row) => `${row.label}: ${row.text}`).join("; ");
  const cell = (tag, text, scope) => h(tag, { scope }, text);
  return h(
    "figure",
    { class: "card" },
    h("figcaption", null, caption),
    h("svg", { role: "img", "aria-label": `${caption}. ${read}`, height: `${rows.length * 3}em` }, bars),
    soft(source),
    fold(
      t.table,
      h(
        "table",
        { "aria-label": caption },
        h("tr", null, cell("th", t.item, "col"), cell("th", unit, "col")),
        rows.map((row) => h("tr", null, cell("th", row.label, "row"), cell("td", row.text))),
      ),
    ),
  );
};

/** All but the buttons. Cards replace the text; beside a figure no number is one to call. */
export const draw = ({ text, custom }, t, tell, numbers) => {
  const { services, finding: found, chart: drawn } = custom ?? {};
  if (!services) {
    const said = lines(text, { ...custom });
    const first = said[0] && text.startsWith(said[0]) ? said.shift() : "";
    const put = (one) => line(one, found ? new Map() : numbers);
    return [first && put(first), drawn && chart(t, drawn), found && finding(t, found), said.map(put)];
  }
  return [
    h(
      "ul",
      null,
      services.map((service) => card(t, service)),
    ),
    text &&
      h(
        "p",
        { class: "row" },
        button(t.copy, (event) => copy(text, event.currentTarget, t, tell)),
        button(t.print, () => print(text)),
      ),
  ];
};

export const carriedList = (services) =>
  h(
    "ul",
    { lang: "en" },
    services.map(({ name, call, href, why }) =>
      h("li", { class: "card" }, link(href, `${call} ${name}`, { class: "way" }), h("p", null, why)),
    ),
  );
