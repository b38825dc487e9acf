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

/** A link, or plain text when the scheme is not one of ours. A page opens beside the chat, which would be lost otherwise. */
export const link = (href, text, props) =>
  /^(https|tel|sms|mailto):/.test(href)
    ? h("a", { href, rel: "noopener noreferrer nofollow", target: /^https/.test(href) ? "_blank" : null, ...props }, text)
    : h("span", null, text);

/** Only heard. It has a direction of its own, so that it does not decide that of the words beside it. */
export const hidden = (text) => h("span", { class: "sr", dir: "ltr" }, text);
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

const WAYS = /(\btext \w+ to \d{5}\b|\b0\d{2,4}(?: ?\d{3,4}){1,2}\b|\b116 ?\d{3}\b|(?:\bcall|\bNHS) \d{3}\b)/i;

/** Where a number in a text leads: one that the reply gives, a word to text, or any that is written as one to call. */
const leads = (part, numbers) => {
  const texted = /^text (\w+) to (\d+)$/i.exec(part);
  if (texted) return `sms:${texted[2]}?body=${texted[1]}`;
  return numbers.get(part) ?? (WAYS.test(part) && `tel:${part.replace(/\D/g, "")}`);
};

/** A line in which numbers can be pressed; beside a figure there is none to call. */
const line = (text, numbers) => {
  const known = numbers?.size ? text.split(new RegExp(`\\b(${[...numbers.keys()].join("|")})\\b`)) : [text];
  const parts = numbers ? known.flatMap((part) => (numbers.has(part) ? part : part.split(WAYS))) : known;
  return h(
    "p",
    { dir: "auto" },
    parts.map((part) => (numbers && leads(part, numbers) ? link(leads(part, numbers), part) : part)),
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

/** One service: its first way to be reached fills the card; pages and facts are folded. */
const card = (t, { name, call = [], text = [], chat, web = [], ...about }) => {
  const way = (href, label, note, kind = "way") =>
    h("li", null, link(href, [label, hidden(name)], { class: kind }), note && !about.cost?.toLowerCase().includes(note) && h("small", null, note));
  const page = (one, kind) => way(one.url, one.label, null, kind);
  const ways = [
    ...call.map((one) => way(one.href, `${t.call} ${one.number}`, one.note)),
    ...text.map((one) => way(one.href, one.label)),
    ...(chat ? [page(chat)] : []),
  ];
  const pages = ways.length ? web : web.slice(1);
  if (pages !== web && web[0]) ways.push(page(web[0]));
  const facts = [about.expect, about.age, about.confidential, about.anonymous];
  const more = pages.length > 0 && h("ul", null, pages.map((one) => page(one, "more")));
  return h(
    "li",
    { class: "card" },
    h("h2", null, name),
    h("ul", { class: "ways" }, ways),
    h("p", null, about.for),
    soft([about.hours, about.cost].filter(Boolean).join(". ")),
    (facts.some(Boolean) || more) && fold(t.expect, pairs(...t.facts.map((fact, i) => [fact, facts[i]])), more),
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

/** A value that is worked out says so; among the bars of a chart each says it for itself. */
const finding = (t, found, drawn) =>
  h(
    "div",
    { class: "card" },
    h("p", null, h("strong", null, found.value), !found.value.includes(found.unit) && ` ${found.unit}`),
    h("p", null, [found.series, found.area, found.period].filter(Boolean).join(", ")),
    !drawn && soft(t[found.status]),
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
    h("rect", { y: `${3 * i + 1.4}em`, height: "1em", rx: 3, width: share(value), class: derived && "open" }),
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

/** All but the buttons. Cards replace the text; the first is whole, the others are folded unless `open`. */
export const draw = ({ text, custom }, t, tell, numbers, open) => {
  const { services, finding: found, chart: drawn } = custom ?? {};
  if (!services) {
    // In an emergency the first sentence stands alone.
    const said = lines(custom?.urgent ? text.replace(/^(.+?[.!?]) (?=[A-Z])/, "$1\n") : text, { ...custom });
    const first = said[0] && text.startsWith(said[0]) ? said.shift() : "";
    const put = (one) => line(one, found ? null : numbers);
    return [first && put(first), drawn && chart(t, drawn), found && finding(t, found, drawn), said.map(put)];
  }
  const list = (some) => h("ul", { class: "cards" }, some.map((service) => card(t, service)));
  const [first, ...others] = services;
  return [
    list(open ? services : [first]),
    !open && others.length > 0 && fold(`${t.more}: ${others.map(({ name }) => name).join(", ")}`, list(others)),
    text &&
      h(
        "p",
        { class: "links" },
        button(t.copy, (event) => copy(text, event.currentTarget, t, tell), "link"),
        button(t.print, () => print(text), "link"),
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
