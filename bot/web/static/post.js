// Sends what was said, one after the other, again and again under the same number until it is answered.

import { forget, keep, kept } from "./keeping.js";

const WAITS = [1, 2, 4, 8, 15, 30]; // seconds until the next try
const PATIENCE = 120; // seconds for one answer; recognition alone may take 90
const MOST_FAILURES = 5; // answers in a row in which the server itself failed

// Not crypto.randomUUID: pages without HTTPS do not have it.
const number = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Post {
  // on.answer(told, said), on.trouble("offline" | "gave_up"), on.through() when a recording got through late
  // owner: under whose name what cannot be delivered is kept; token: what proves that a page of the desk is ours
  constructor(home, on, { owner = home, token = "" } = {}) {
    this.home = home;
    this.owner = owner;
    this.headers = token ? { "X-Nuanyang-Desk": token } : {};
    this.on = on;
    this.queue = [];
    this.busy = false;
    this.wake = () => {};
    window.addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
  }

  async resume() {
    this.queue.push(...(await kept(this.owner)));
    this.deliver();
  }

  async send(said) {
    const numbered = { ...said, id: number(), page: this.owner, at: Date.now() };
    this.queue.push(numbered);
    if (numbered.audio) await keep(numbered); // a pressed choice is not kept: tomorrow it would mean something else
    this.deliver();
  }

  get waiting() {
    return this.queue.length;
  }

  async deliver() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length) {
      const said = this.queue[0];
      const told = await this.insist(said);
      this.queue.shift();
      await forget(said.id);
      if (told) await this.on.answer(told, said);
      else this.on.trouble("gave_up");
    }
    this.busy = false;
  }

  // The answer, or null where the server has what was said but fails to answer it.
  async insist(said) {
    let failures = 0;
    for (let tries = 0; ; tries += 1) {
      const { told, status } = await this.attempt(said);
      if (told && status < 500) {
        if (tries) this.on.through();
        return told;
      }
      failures = status === 500 ? failures + 1 : 0; // a proxy's 502 or 503 means: restarting
      if (failures >= MOST_FAILURES) return null;
      this.on.trouble("offline");
      await this.pause(WAITS[Math.min(tries, WAITS.length - 1)]);
    }
  }

  async attempt(said) {
    const form = new FormData();
    form.set("update_id", said.id);
    if (said.audio) form.set("audio", said.audio, "said");
    else form.set("text", said.text);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE * 1000);
    try {
      const response = await fetch(`${this.home}/say`, { method: "POST", headers: this.headers, body: form, signal: patience.signal });
      return { told: await response.json(), status: response.status };
    } catch {
      return { told: null, status: 0 }; // no network, no server, or not our server's answer
    } finally {
      clearTimeout(timer);
    }
  }

  pause(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
