// <signpost-chat>: a panel with a launcher or, with `page`, a part of the page.
import { away, chats, leave, own } from "./widget/exit.js";
import { button, carriedList, draw, h, hidden, soft, ways } from "./widget/reply.js";
import { emergency, english } from "./widget/strings.en.js";
import { Talk } from "./widget/talk.js";

// The server puts widget.css here.
const style = "__STYLE__";

const at = (path) => new URL(path, import.meta.url).href;
const languages = { cy: () => import("./widget/strings.cy.js") };
const carried = Array.isArray(emergency) ? emergency : [];
const quiet = (act) => (event) => (event.preventDefault(), act());
const small = matchMedia("(max-width: 40em), (max-height: 30em)");

class SignpostChat extends HTMLElement {
  async connectedCallback() {
    const language = this.closest("[lang]")?.lang.slice(0, 2);
    const other = await languages[language]?.().catch(() => null);
    if (!this.isConnected) return;
    if (!this.root) {
      this.lang = other ? language : "en";
      this.t = { ...english, ...other?.default };
      this.build();
    }
    this.listen();
    performance.mark("signpost-usable");
  }

  disconnectedCallback() {
    chats.delete(this);
    this.gone?.abort();
    this.drop();
  }

  /** The panel itself waits for the first opening. */
  build() {
    const { t } = this;
    const root = (this.root = this.attachShadow({ mode: "open" }));
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(h("link", { rel: "stylesheet", href: at("widget/widget.css") }));
    }
    this.toast = h("p", { role: "status", class: "toast" });
    this.exit = () => h("a", { class: "exit", href: away(), "data-signpost-exit": "", rel: "noreferrer nofollow" }, t.exit);
    const exit = !own() && this.exit();
    this.page = this.hasAttribute("page");
    if (this.page) {
      root.append(h("section", { class: "page", "aria-label": t.title }, exit, this.parts(), this.toast));
    } else {
      this.launcher = button(t.launcher, () => (this.panel?.open ? this.close() : this.open()), "main");
      root.append(h("section", { class: "corner", "aria-label": t.title }, exit, this.launcher), this.toast);
      this.launcher.ariaExpanded = false;
    }
  }

  /** What scrolls, and where one writes. */
  parts() {
    const { t } = this;
    this.log = h("div", { role: "log", "aria-live": "polite", "aria-label": t.log, tabindex: this.page ? null : 0 });
    this.status = h("p", { role: "status" });
    this.alert = h("div", { role: "alert" });
    this.helped = h("div", { class: "row", role: "group", "aria-label": t.helped, tabindex: -1 });
    const enter = quiet(() => this.submit());
    const onkeydown = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && enter(event);
    this.input = h("textarea", { id: "say", rows: 1, autocomplete: "off", spellcheck: "false", writingsuggestions: "false", onkeydown });
    const form = h("form", { onsubmit: enter }, h("label", { for: "say" }, t.input), this.input, h("button", { class: "main" }, t.send));
    const tools = h("p", { class: "row" }, button(t.again, () => this.restart()), button(t.leave, () => this.finish()));
    this.scroller = h("div", { class: "scroller" }, this.log, this.status, this.alert, this.helped, tools);
    return [this.scroller, form];
  }

  listen() {
    this.gone?.abort();
    this.gone = new AbortController();
    const on = (target, name, act) => target?.addEventListener(name, act, { signal: this.gone.signal });
    chats.add(this);
    on(window, "pagehide", () => this.drop());
    on(window, "pageshow", (event) => event.persisted && this.log && this.greet());
    on(window, "offline", () => this.warn("offline"));
    on(window, "online", () => this.online());
    if (this.page) return this.log.firstChild || this.greet();
    on(document, "keydown", (event) => event.key === "Escape" && this.panel?.open && this.close());
    on(small, "change", () => this.panel?.open && this.show());
    on(window.visualViewport, "resize", () => this.panel && this.fit());
  }

  open() {
    if (!this.panel) {
      const head = h("div", { class: "head" }, this.exit(), h("p", { id: "title" }, this.t.title), button(this.t.close, () => this.close()));
      this.panel = h("dialog", { "aria-labelledby": "title", oncancel: quiet(() => this.close()) }, head, this.parts());
      this.root.prepend(this.panel);
    }
    this.show();
    if (!this.log.firstChild) this.greet();
    (matchMedia("(pointer: coarse)").matches ? this.log : this.input).focus();
  }

  /** Modal where the panel covers the page. */
  show() {
    const focused = this.root.activeElement;
    const whole = small.matches;
    this.panel.close();
    this.panel.classList.toggle("whole", whole);
    if (whole) this.panel.showModal();
    else this.panel.show();
    (whole ? this.panel : this.root).append(this.toast);
    this.launcher.ariaExpanded = true;
    this.fit();
    focused?.focus();
  }

  close() {
    this.panel.close();
    this.root.append(this.toast);
    this.launcher.ariaExpanded = false;
    this.launcher.focus();
  }

  /** Stay above a phone's keyboard. */
  fit() {
    const { scale, height } = window.visualViewport;
    if (scale === 1) this.panel.style.setProperty("--view", `${height}px`);
  }

  greet() {
    const { t } = this;
    this.talk = new Talk(at("./"), this);
    this.noted = false;
    const [before, after] = t.danger.split("{call}");
    const call = carried[0] && h("a", { href: carried[0].href }, carried[0].call);
    const danger = call && h("p", { class: "urgent" }, before, call, after);
    this.bubble("bot", [danger, h("p", null, t.hello), soft(t.language), soft(t.exitNote)], this.lang);
    this.offer(t.routes, t.who);
    this.offer(t.examples, t.ask, t.note);
    if (!navigator.onLine) this.warn("offline");
  }

  bubble(who, parts, lang) {
    const name = who === "you" ? this.t.you : this.t.title;
    const node = h("div", { class: `bubble ${who}`, lang, dir: "auto", tabindex: -1 }, hidden(`${name}: `), parts);
    this.log.append(node);
    return node;
  }

  /** Each choice is [title, what is sent]. */
  offer(choices, label, note) {
    const buttons = choices.map(([title, sent]) => button(title, () => this.say(title, sent)));
    const group = h("div", { class: "row choices", role: "group", "aria-label": label ?? this.t.choices }, label && h("p", null, label), soft(note), buttons);
    this.log.append(group);
    return group;
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.say(text);
  }

  say(title, text = title) {
    const node = this.bubble("you", h("p", { class: "text" }, title));
    if (this.root.activeElement !== this.input) node.focus();
    this.log.querySelectorAll(".choices").forEach((group) => group.remove());
    this.ask(false);
    this.reveal(node);
    this.talk.say({ title, text, node });
  }

  /** Show the end of what is new, but never push its beginning out of view. */
  reveal(first, last = first) {
    const edge = this.page ? 80 : this.scroller.getBoundingClientRect().top;
    last.scrollIntoView({ block: "end" });
    if (first.getBoundingClientRect().top < edge) first.scrollIntoView();
  }

  typing() {
    this.status.textContent = this.t.typing;
    this.reveal(this.status);
  }

  settled() {
    this.status.textContent = "";
  }

  reply(item, messages) {
    const start = this.log.childElementCount;
    item.state?.remove();
    this.calm(item.node);
    const has = (part) => messages.some(({ custom }) => custom?.[part]);
    const numbers = ways(messages, carried);
    for (const message of messages) {
      const { custom, buttons } = message;
      if ((custom?.note || custom?.finding) && !this.noted) this.noted = this.bubble("bot", soft(this.t.note), this.lang);
      if (custom?.note) continue;
      this.bubble(custom?.urgent ? "bot urgent" : "bot", draw(message, this.t, (text) => this.tell(text), numbers), "en");
      if (buttons?.length) this.offer(buttons.map(({ title, payload }) => [title, payload]));
    }
    this.ask(!has("urgent") && (has("services") || has("finding")));
    this.reveal(this.log.children[start], this.log.lastChild);
  }

  /** Did this help? Not in an emergency, and not in the log, where it would be read out after each reply. */
  ask(whether) {
    const { helped, t } = this;
    const says = (title, answer) =>
      button(title, () => {
        this.talk.rate(answer);
        helped.replaceChildren(soft(t.thanks));
        helped.focus();
      });
    helped.replaceChildren(...(whether ? [soft(t.helped), says(t.yes, true), says(t.no, false)] : []));
  }

  failed(kind, item, seconds) {
    if (!item.state) item.node.append((item.state = soft(this.t.unsent)));
    if (kind === "refused") this.input.value ||= item.title;
    this.warn(kind, seconds);
  }

  /** Say what is wrong, and who can be reached without us. */
  warn(kind, seconds) {
    const { alert, t } = this;
    if (!alert) return;
    if (!alert.firstChild) {
      const retry = button(t.retry, () => this.talk.pump(), "main");
      alert.append(h("p"), carriedList(carried), h("p", { class: "row" }, retry, h("a", { href: at("help") }, t.help)));
    }
    alert.firstChild.textContent = t[kind].replace("{seconds}", seconds);
    alert.querySelector("button").hidden = !this.talk.outbox.length || kind === "late";
    this.reveal(alert);
  }

  calm(next = this.input) {
    if (this.alert.contains(this.root.activeElement)) next.focus();
    this.alert.replaceChildren();
  }

  online() {
    if (!this.log) return;
    this.calm();
    this.tell(this.t.online);
    this.talk.pump();
  }

  tell(text) {
    this.toast.textContent = text;
    clearTimeout(this.hush);
    this.hush = setTimeout(() => (this.toast.textContent = ""), 6000);
  }

  drop() {
    if (!this.log) return;
    this.talk.forget();
    this.settled();
    this.ask(false);
    this.alert.replaceChildren();
    this.log.replaceChildren();
    this.scroller.scrollTop = 0;
    this.input.value = "";
  }

  restart() {
    this.drop();
    this.greet();
    this.tell(this.t.cleared);
    this.log.firstChild.focus();
  }

  finish() {
    if (this.page) return leave();
    this.drop();
    this.close();
    this.tell(this.t.cleared);
  }
}

customElements.define("signpost-chat", SignpostChat);
