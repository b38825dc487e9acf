// <signpost-chat>: a panel with a launcher or, with `page`, a part of the page.
import { at, Chat } from "./widget/chat.js";
import { chats, leave, own } from "./widget/exit.js";
import { exit, head } from "./widget/frame.js";
import { button, h } from "./widget/reply.js";
import { english } from "./widget/strings.en.js";

// The server puts widget.css here.
const style = "__STYLE__";

const languages = { cy: () => import("./widget/strings.cy.js") };
const quiet = (act) => (event) => (event.preventDefault(), act());
const small = matchMedia("(max-width: 40em), (max-height: 30em)");

class SignpostChat extends Chat {
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
    if (this.panel?.open) this.show(); // It was moved while it was open.
    performance.mark("signpost-usable");
  }

  /** Removed; or only moved, as pages that draw themselves anew do, which ends nothing. */
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      chats.delete(this);
      this.gone?.abort();
      this.drop();
      if (this.panel?.open) this.close();
    });
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
    this.all = h("div", { class: "all" });
    root.append(this.all);
    this.toast = h("p", { role: "status", class: "toast" });
    this.page = this.hasAttribute("page");
    if (this.page) {
      const intro = h("slot", { name: "intro" });
      this.all.append(h("section", { class: "page", "aria-label": t.title }, this.top(!own() && exit(this, true)), intro, this.parts(), this.toast));
    } else {
      this.launcher = button(t.launcher, () => (this.panel?.open ? this.close() : this.open()), "main");
      this.corner = h("section", { class: "corner", "aria-label": t.title }, !own() && exit(this), this.launcher);
      this.all.append(this.corner, this.toast);
      this.launcher.ariaExpanded = false;
    }
  }

  top(leaving) {
    return (this.head = head(this, leaving));
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
    on(document, "visibilitychange", () => this.rest());
    for (const name of ["resize", "scroll"]) on(window.visualViewport, name, () => this.fit());
    if (this.page) return this.log.firstChild || this.greet();
    on(document, "keydown", (event) => event.key === "Escape" && this.panel?.open && this.close());
    on(small, "change", () => this.panel?.open && this.show());
    this.corner.hidden = [...chats].some((other) => other !== this && !other.page); // One corner is enough.
  }

  open() {
    if (!this.panel) {
      const oncancel = quiet(() => this.close());
      this.panel = h("dialog", { "aria-labelledby": "title", oncancel }, this.top(exit(this, true)), this.parts());
      this.all.prepend(this.panel);
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
    (whole ? this.panel : this.all).append(this.toast);
    this.launcher.ariaExpanded = true;
    this.fit();
    focused?.focus();
  }

  close() {
    this.panel.close();
    this.all.append(this.toast);
    this.launcher.ariaExpanded = false;
    this.launcher.focus();
  }

  /** Stay above a phone's keyboard, wherever the page was scrolled to make room for it. */
  fit() {
    const { scale, height, offsetTop } = window.visualViewport;
    if (scale !== 1) return;
    const covered = document.documentElement.clientHeight - height - offsetTop;
    const sizes = { view: height, top: offsetTop, keyboard: Math.max(0, covered) };
    for (const [name, size] of Object.entries(sizes)) this.all.style.setProperty(`--${name}`, `${size}px`);
  }

  finish() {
    if (this.page) return leave();
    this.drop();
    this.close();
    this.tell(this.t.cleared);
  }
}

customElements.define("signpost-chat", SignpostChat);
