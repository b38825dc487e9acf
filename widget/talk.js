// Speaks to the channel: one message at a time, each with an id so that a retry is never said twice.

const AGAIN = [10, 20, 40, 60]; // seconds until a lost message is sent again by itself

const fault = (status, seconds) => Object.assign(new Error(), { status, seconds });

export class Talk {
  outbox = [];
  lost = 0;

  /** `view` is the chat; Talk calls its typing, settled, warn, reply and failed. */
  constructor(base, view) {
    this.base = base;
    this.view = view;
  }

  say(item) {
    item.id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.outbox.push(item);
    this.pump();
  }

  async pump() {
    clearTimeout(this.wake);
    const [item] = this.outbox;
    if (this.stop || !item) return;
    const stop = (this.stop = new AbortController());
    const timers = [
      setTimeout(() => this.view.typing(), 300),
      setTimeout(() => this.view.warn("late"), 8000),
      setTimeout(() => stop.abort(), 25000),
    ];
    const result = await this.post(item, stop.signal).catch((problem) => problem);
    timers.forEach(clearTimeout);
    if (this.stop !== stop) return; // The conversation was dropped meanwhile.
    this.stop = null;
    this.view.settled();
    if (!Array.isArray(result)) return this.fail(item, result);
    this.lost = 0;
    this.outbox.shift();
    this.view.reply(item, result);
    this.pump();
  }

  fail(item, { status, seconds }) {
    if (status === 429) {
      this.wake = setTimeout(() => this.pump(), seconds * 1000);
      this.view.failed("busy", item, seconds);
    } else if ([400, 413, 422].includes(status)) {
      this.outbox.shift();
      this.view.failed("refused", item);
      this.pump();
    } else {
      this.wake = setTimeout(() => this.pump(), AGAIN[Math.min(this.lost++, AGAIN.length - 1)] * 1000);
      this.view.failed(navigator.onLine ? "down" : "offline", item);
    }
  }

  async post(item, signal, last) {
    this.conversation ??= (await this.call("POST", "conversations", {}, signal)).conversation;
    try {
      const body = { conversation: this.conversation, text: item.text, id: item.id };
      const messages = await this.call("POST", "messages", body, signal);
      if (!messages.length) throw fault();
      return messages;
    } catch (problem) {
      if (problem.status !== 404 || last) throw problem;
      this.conversation = null;
      return this.post(item, signal, true);
    }
  }

  async call(method, path, body, signal) {
    const response = await fetch(`${this.base}api/${path}`, {
      method,
      signal,
      ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: !signal,
    });
    if (!response.ok) throw fault(response.status, Math.min(60, +response.headers.get("Retry-After") || 5));
    return signal && response.json();
  }

  /** Who can be talked to now: messages like those of a reply. It begins no conversation. */
  people(speaker) {
    return this.call("GET", `open-now?speaker=${speaker}`, null, AbortSignal.timeout(8000));
  }

  /** Whether the reply helped: counted, and nothing goes wrong when it is not. */
  rate(helped) {
    this.call("POST", "feedback", { helped }).catch(() => {});
  }

  /** Drop the conversation, here and at the server. */
  forget() {
    clearTimeout(this.wake);
    this.stop?.abort();
    this.stop = null;
    this.outbox = [];
    if (this.conversation) this.call("DELETE", "conversations", { conversation: this.conversation }).catch(() => {});
    this.conversation = null;
  }
}
