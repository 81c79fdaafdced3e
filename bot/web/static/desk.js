// Keeps an open page of the desk fresh: the number of things that wait, and on the first page the things themselves.

const page = document.querySelector("[data-desk]");
const home = page.dataset.desk;
const waiting = document.getElementById("waiting");
const name = document.title;
let known = Number(page.dataset.open);
let mark = null;

// Somebody is listening, or is about to press: what stands under the finger must not move.
const busy = () =>
  [...waiting.querySelectorAll("audio")].some((audio) => !audio.paused && !audio.ended) ||
  waiting.querySelector(":active") !== null;

function count(open) {
  const badge = document.getElementById("open");
  badge.textContent = open;
  badge.hidden = !open;
  document.title = open ? page.dataset.title.replace("{count}", open).replace("{title}", name) : name;
}

async function refresh() {
  while (busy()) await new Promise((resolve) => setTimeout(resolve, 1000));
  const response = await fetch(`${home}/waiting`);
  if (!response.ok) return;
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("waiting");
  waiting.replaceChildren(...fresh.childNodes); // made by our own templates, which escape every word
  if (focused) waiting.querySelector(`[data-key="${CSS.escape(focused)}"] button`)?.focus();
}

function stale(yes) {
  let line = document.getElementById("stale");
  if (!yes) line?.remove();
  else if (!line) {
    line = document.createElement("p");
    line.id = "stale";
    line.setAttribute("role", "alert");
    line.textContent = page.dataset.stale;
    document.getElementById("main").prepend(line);
  }
}

const events = new EventSource(`${home}/events`);
events.onopen = () => stale(false);
events.onerror = () => stale(true);
events.onmessage = ({ data }) => {
  stale(false);
  const news = JSON.parse(data);
  count(news.open);
  if (waiting && mark !== null && news.mark !== mark) refresh();
  if (!waiting && news.open > known) document.getElementById("news").hidden = false;
  mark = news.mark;
  known = news.open;
};
count(known);

// Whoever has no key for printing in their fingers finds it at the foot of the page.
const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());

// What a browser writes into a date's field depends on its own language; the day stands below it in ours, with weekday.
const spoken = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeZone: "UTC" });
for (const field of document.querySelectorAll("input[type=date]")) {
  const day = document.createElement("output");
  day.className = "quiet day-said";
  const say = () => (day.textContent = field.valueAsDate ? spoken.format(field.valueAsDate) : "");
  field.addEventListener("input", say);
  field.after(day);
  say();
}

// A file that takes seconds to be read: that it is being read is said at once.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = form.dataset.busy;
    form.append(line);
  }, { once: true });
}
