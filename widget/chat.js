// What a conversation shows: the greeting, what is said, the replies, and what went wrong.
import { composer, idle, most } from "./widget/frame.js";
import { button, carriedList, draw, h, hidden, soft, ways } from "./widget/reply.js";
import { emergency, english } from "./widget/strings.en.js";
import { Talk } from "./widget/talk.js";

export const at = (path) => new URL(path, import.meta.url).href;
const carried = Array.isArray(emergency) ? emergency : [];

export class Chat extends HTMLElement {
  /** What scrolls, and where one writes. */
  parts() {
    const { t } = this;
    this.log = h("div", { role: "log", "aria-live": "polite", "aria-label": t.log, tabindex: this.page ? null : 0 });
    this.status = h("p", { role: "status", class: "soft" });
    this.alert = h("div", { role: "alert" });
    this.helped = h("div", { class: "links", role: "group", "aria-label": t.helped, tabindex: -1, hidden: "" });
    this.scroller = h("div", { class: "scroller" }, this.log, this.status, this.alert, this.helped);
    const [input, form] = composer(this);
    this.input = input;
    return [this.scroller, form];
  }

  greet(first) {
    const { t } = this;
    this.talk = new Talk(at("./"), this);
    this.noted = false;
    this.speaker = "unknown";
    const [before, after] = t.danger.split("{call}");
    const call = carried[0] && h("a", { href: carried[0].href }, carried[0].call);
    const danger = call && h("p", { class: "urgent" }, before, call, after);
    this.bubble("bot", [first && h("p", null, first), danger, h("p", null, t.hello), soft(t.language), soft(t.exitNote)], this.lang);
    this.offer(t.routes, t.who);
    this.offer(t.examples, t.ask, t.note);
    if (!navigator.onLine) this.warn("offline");
  }

  /** Something was written: the server forgets it after a while, and so does the page. */
  awake() {
    this.since = Date.now();
    clearTimeout(this.sleep);
    this.sleep = setTimeout(() => this.rest(), idle * 1000);
  }

  rest() {
    if (!this.log?.querySelector(".you") || Date.now() - this.since < idle * 1000) return;
    this.drop();
    this.greet(this.t.idle.replace("{minutes}", Math.round(idle / 60)));
    this.scroller.scrollTop = 0;
  }

  /** The name is heard once for all that one of the two says at a time. */
  bubble(who, parts, lang, goes) {
    const name = who === "you" ? this.t.you : this.t.title;
    const node = h("div", { class: `bubble ${who}`, lang, dir: "auto", tabindex: -1 }, !goes && hidden(`${name}: `), parts);
    this.log.append(node);
    return node;
  }

  /** Each choice is [title, what is sent]. */
  offer(choices, label, note, lang) {
    const buttons = choices.map(([title, sent]) => button(title, () => this.say(title, sent), "pale"));
    const named = { role: "group", "aria-label": label ?? this.t.choices };
    const group = h("div", { class: "row choices", ...named }, label && h("p", null, label), soft(note), h("div", { class: "row", lang }, buttons));
    this.log.append(group);
    return group;
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.write("");
    this.say(text);
  }

  write(text) {
    this.input.value = text;
    this.input.dispatchEvent(new Event("input"));
  }

  say(title, text = title) {
    this.awake();
    const node = this.bubble("you", h("p", { class: "text" }, title));
    if (this.root.activeElement !== this.input) node.focus();
    this.log.querySelectorAll(".choices").forEach((group) => group.remove());
    this.ask(false);
    this.reveal(node);
    this.talk.say({ title, text, node });
  }

  /** Show the end of what is new, but never push its beginning out of view. */
  reveal(first, last = first) {
    last.scrollIntoView({ block: "end" });
    if (first.getBoundingClientRect().top < this.head.getBoundingClientRect().bottom) first.scrollIntoView();
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
    const open = has("urgent") || item.text === english.more;
    let after = "";
    let goes;
    for (const { text, custom, buttons } of messages) {
      this.speaker = custom?.about?.speaker ?? this.speaker;
      if ((custom?.note || custom?.finding) && !this.noted) this.noted = this.bubble("bot", soft(this.t.note), this.lang);
      if (custom?.note) continue;
      const kind = custom?.urgent ? " urgent" : custom ? "" : after;
      const parts = text && draw({ text, custom }, this.t, (told) => this.tell(told), numbers, open);
      if (text) goes = this.bubble(`bot${kind}`, parts, custom?.lang ?? "en", goes);
      if (custom?.services) after = " after";
      if (buttons?.length) this.offer(buttons.map(({ title, payload }) => [title, payload]), null, null, "en");
    }
    this.ask(!has("urgent") && (has("services") || has("finding")));
    this.settle(item.node, start);
  }

  /** Keep what was asked in view, unless the first way to call would then be below the fold. */
  settle(asked, start) {
    const first = this.log.children[start];
    const way = [...this.log.querySelectorAll(".way")].find((one) => first.compareDocumentPosition(one) & 20);
    const end = (way ?? first).getBoundingClientRect().bottom;
    const room = this.input.form.getBoundingClientRect().top - this.head.getBoundingClientRect().bottom;
    this.reveal(end - asked.getBoundingClientRect().top < room ? asked : first, this.log.lastChild);
  }

  /** Who can be talked to now, asked of the server; those that the page carries where it does not answer. */
  async person() {
    const { talk, t } = this;
    const found = await talk.people(this.speaker).catch(() => null);
    if (talk !== this.talk) return;
    this.met?.remove();
    const numbers = ways(found ?? [], carried);
    const parts = found?.map((message) => draw(message, t, (told) => this.tell(told), numbers, true));
    this.met = this.bubble("bot", parts ?? [h("p", null, t.people), carriedList(carried)], parts && "en");
    this.reveal(this.met);
    this.met.focus({ preventScroll: true });
  }

  enlarge() {
    this.scale = { 1: 1.25, 1.25: 1.5, 1.5: 1 }[this.scale ?? 1];
    this.all.style.setProperty("--size", this.scale);
  }

  /** Did this help? Not in an emergency, and not in the log, where it would be read out after each reply. */
  ask(whether) {
    const { helped, t } = this;
    const says = (title, answer) =>
      button(
        title,
        () => {
          this.talk.rate(answer);
          const person = [soft(t.sorry), button(t.person, () => this.person(), "link"), this.helpLink()];
          helped.replaceChildren(...(answer ? [soft(t.thanks)] : person));
          helped.focus();
        },
        "link",
      );
    helped.hidden = !whether;
    helped.replaceChildren(...(whether ? [soft(t.helped), says(t.yes, true), says(t.no, false)] : []));
  }

  helpLink() {
    return h("a", { href: at("help"), target: "_blank", rel: "noopener" }, this.t.help);
  }

  failed(kind, item, seconds) {
    if (!item.state) item.node.append((item.state = soft(this.t.unsent)));
    if (kind === "refused" && !this.input.value) {
      this.write(item.title);
      item.node.remove();
    }
    this.warn(kind, seconds);
  }

  /** Say what is wrong, and who can be reached without us. */
  warn(kind, seconds) {
    const { alert, t } = this;
    if (!alert) return;
    const told = alert.firstChild;
    if (!told) {
      const retry = button(t.retry, () => this.talk.pump(), "main");
      alert.append(h("p"), carriedList(carried), h("p", { class: "row" }, retry, this.helpLink()));
    }
    const text = t[kind].replace("{seconds}", seconds).replace("{limit}", most);
    if (alert.firstChild.textContent !== text) alert.firstChild.textContent = text;
    alert.querySelector("button").hidden = !this.talk.outbox.length || kind === "late";
    if (!told) this.reveal(alert);
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
    this.write("");
    clearTimeout(this.sleep);
  }

  restart() {
    this.drop();
    this.greet();
    this.tell(this.t.cleared);
    this.log.firstChild.focus();
  }
}
