// Keeps the secretary's desk fresh while the page is open.

const EVERY = 4000; // milliseconds
const desk = document.getElementById("desk");
const home = document.querySelector("[data-home]").dataset.home;
const name = document.title;
let shown = "";

const playing = () => [...desk.querySelectorAll("audio")].some((audio) => !audio.paused && !audio.ended);

async function refresh() {
  if (playing()) return; // an old voice is being listened to: the desk can wait
  try {
    const response = await fetch(`${home}/desk`);
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (!playing()) show(html);
    stale(false);
  } catch {
    stale(true);
  }
}

function show(html) {
  if (html === shown) return;
  shown = html;
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  desk.innerHTML = html; // made by our own templates, which escape every word
  if (focused) desk.querySelector(`[data-key="${CSS.escape(focused)}"] button`)?.focus();
  title();
}

function title() {
  const open = Number(document.getElementById("waiting").dataset.open);
  document.title = open ? desk.dataset.title.replace("{count}", open).replace("{title}", name) : name;
}

function stale(yes) {
  let line = document.getElementById("stale");
  if (!yes) line?.remove();
  else if (!line) {
    line = document.createElement("p");
    line.id = "stale";
    line.setAttribute("role", "alert");
    line.textContent = desk.dataset.stale;
    desk.prepend(line);
  }
}

title();
setInterval(refresh, EVERY);
document.addEventListener("nuanyang:answered", refresh);
