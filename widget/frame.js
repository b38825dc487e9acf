// What stands around a conversation: the head with its menu, and the box to write in.
import { away } from "./widget/exit.js";
import { button, h } from "./widget/reply.js";
import { limits } from "./widget/strings.en.js";

export const { idle, text: most } = limits.idle ? limits : { idle: 1800, text: 4000 };
const NEAR = 0.9; // of the most that a message may hold; from there on what is left is told

export const exit = ({ t }, short) => {
  const [first, ...rest] = t.exit.split(" ");
  const props = { class: "exit", href: away(), "data-signpost-exit": "", rel: "noreferrer nofollow" };
  return h("a", props, short ? [first, h("span", { class: "rest" }, ` ${rest.join(" ")}`)] : t.exit);
};

/** A menu that closes when something in it was chosen. */
const menu = (chat) => {
  const { t, page } = chat;
  const item = (text, act) => h("li", null, button(text, () => (node.removeAttribute("open"), act()), "link"));
  const node = h(
    "details",
    { class: "menu", onkeydown: (event) => event.key === "Escape" && node.open && (event.stopPropagation(), event.preventDefault(), (node.open = false), node.firstChild.focus()) },
    h("summary", null, h("span", { class: "bars", "aria-hidden": "true" }, "☰"), h("span", { class: "rest" }, t.menu)),
    h(
      "ul",
      null,
      item(t.again, () => chat.restart()),
      item(page ? t.leave : t.clear, () => chat.finish()),
      item(t.safe, () => chat.say(t.safe, "How do I leave this page?")),
      item(t.privacy, () => chat.say(t.privacy, "Is this chat private?")),
      item(t.size, () => chat.enlarge()),
    ),
  );
  node.addEventListener("focusout", (event) => event.relatedTarget && !node.contains(event.relatedTarget) && (node.open = false));
  return node;
};

/** Exit comes first for the keyboard, and stands last. */
export const head = (chat, leaving) => {
  const { t, page } = chat;
  const person = button(t.person, () => chat.person(), "pale");
  const close = !page && h("button", { type: "button", class: "close", "aria-label": t.close, onclick: () => chat.close() }, "×");
  return h("div", { class: "head" }, leaving, h("p", { id: "title" }, t.title), person, menu(chat), close);
};

/** Enter sends; also where a keyboard still composes a word it is not taken for Enter (229 is Safari's). */
export const composer = (chat) => {
  const { t } = chat;
  const send = (event) => (event.preventDefault(), chat.submit());
  const onkeydown = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229 && send(event);
  const room = h("p", { role: "status", class: "soft room" });
  const oninput = () => {
    chat.awake();
    const left = most - input.value.length;
    room.textContent = left > most * (1 - NEAR) ? "" : (left < 0 ? t.over : t.room).replace("{left}", Math.abs(left));
    if (CSS.supports("field-sizing", "content")) return;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 4}px`;
  };
  const input = h("textarea", {
    id: "say",
    rows: 1,
    placeholder: t.input,
    enterkeyhint: "send",
    autocomplete: "off",
    spellcheck: "false",
    writingsuggestions: "false",
    onkeydown,
    oninput,
  });
  const label = h("label", { for: "say", class: "sr" }, t.input);
  return [input, h("form", { onsubmit: send }, label, input, h("button", { class: "main" }, t.send), room)];
};
