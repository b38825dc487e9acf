// Exit this page: a click on an exit link, or Shift alone three times. Alone, it serves the pages that have no chat.

export const chats = new Set();

/** An exit that the page has: ours or GOV.UK's. */
export const own = () => document.querySelector("[data-signpost-exit], .govuk-exit-this-page__button");
export const away = () => own()?.href ?? "https://www.bbc.co.uk/weather";

let count = 0;
let alone;
let timer;
let leaving;

export const leave = (href = away()) => {
  const dropped = [...chats];
  const cover = document.createElement("div");
  cover.role = "alert";
  cover.style.cssText = "all:initial;position:fixed;inset:0;background:Canvas;color:CanvasText";
  document.body.replaceChildren(cover);
  document.title = cover.textContent = dropped[0]?.t.leaving ?? "Loading";
  dropped.forEach((chat) => chat.drop());
  addEventListener("pageshow", () => location.reload());
  document.head.append(Object.assign(document.createElement("meta"), { name: "referrer", content: "no-referrer" }));
  leaving = true;
  try {
    top.location.replace(href);
  } catch {
    location.replace(href); // A frame that may not move its page.
  }
};

const reset = () => {
  count = 0;
  alone = false;
  clearTimeout(timer);
};

const tell = (word) => count === 2 && chats.forEach((chat) => chat.tell(chat.t[word]));

const released = (event) => {
  if (event.key !== "Shift") return;
  if (event.ctrlKey || event.altKey || event.metaKey) return reset();
  if (!alone || !(chats.size || own()) || "govukFrontendExitThisPageKeypress" in document.body.dataset) return; // GOV.UK's own counts.
  alone = false;
  count++;
  clearTimeout(timer);
  if (count > 2) return leave();
  tell("exitOnce");
  timer = setTimeout(() => (tell("exitOff"), reset()), 5000);
};

const clicked = (event) => {
  const link = event.composedPath().find((node) => node.dataset && "signpostExit" in node.dataset);
  if (!link) return;
  event.preventDefault();
  leave(link.href);
};

const on = (name, act) => document.addEventListener(name, act, true);
on("click", clicked);
on("pointerdown", reset);
on("keyup", released);
on("keydown", (event) => {
  if (event.key !== "Shift") reset();
  else if (!event.repeat) alone = true;
});
// No page may hold back who leaves.
addEventListener("beforeunload", (event) => leaving && event.stopImmediatePropagation(), true);
