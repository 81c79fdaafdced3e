// What stands on the page: the state of the button, what was heard, the answer.

const $ = (id) => document.getElementById(id);

export const words = JSON.parse($("words").textContent);

let byRecorder = false; // the phone's own recorder stands in for our microphone

export function state(name, word, hint) {
  $("talk").dataset.state = name;
  $("talk").hidden = byRecorder && name === "ready";
  $("recorder").hidden = !$("talk").hidden;
  $("state").textContent = word;
  $("hint").textContent = hint;
  $("status").textContent = word;
}

export function hint(text) {
  $("hint").textContent = text;
}

export function answer(told, heard) {
  $("heard").hidden = !heard;
  $("heard").textContent = heard ? words.heard.replace("{text}", () => heard) : "";
  $("examples")?.remove();
  $("answer").textContent = told.text;
  $("table").replaceChildren(...(told.table ? [table(told.table)] : []));
  $("choices").replaceChildren(...told.buttons.map(choice));
  $("hear").hidden = true;
  document.querySelector(".page").classList.add("answered");
  $("told").scrollTop = 0;
  more();
}

// Brings the part of the answer that is being spoken into view; from 0, its beginning, to 1, what can be pressed.
export function follow(share) {
  const told = $("told");
  const end = $("choices").childElementCount ? $("choices") : $("answer");
  if (share === 1) end.scrollIntoView({ block: "end" });
  else told.scrollTop = $("answer").offsetTop - told.offsetTop + $("answer").offsetHeight * share;
  more();
}

function more() {
  const told = $("told");
  const button = $("more");
  button.hidden = true; // measured without itself
  button.hidden = told.scrollTop + told.clientHeight > told.scrollHeight - 8;
}
$("told").addEventListener("scroll", more, { passive: true });
window.addEventListener("resize", more);
$("more").addEventListener("click", () => $("told").scrollBy({ top: $("told").clientHeight * 0.7 }));

export function note(text) {
  $("heard").hidden = true;
  $("answer").textContent = text;
  $("choices").replaceChildren();
  $("table").replaceChildren();
}

export function trouble(text) {
  $("trouble").hidden = !text;
  $("trouble-text").textContent = text ?? "";
  if (text) $("trouble").scrollIntoView({ block: "nearest" });
}

export function offerToHear(again) {
  $("hear").textContent = words.hear_answer;
  $("hear").hidden = false;
  $("hear").onclick = () => {
    $("hear").hidden = true;
    again();
  };
}

export function offerRecorder() {
  byRecorder = true;
}

export const offersRecorder = () => byRecorder;

function choice({ label, value }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice";
  button.dataset.say = value;
  button.textContent = label;
  return button;
}

function table({ columns, rows }) {
  const element = document.createElement("table");
  const head = element.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column;
    head.append(cell);
  }
  const body = element.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((value, index) => {
      const cell = line.insertCell();
      cell.dataset.column = columns[index]; // narrow screens show a row as a card
      cell.textContent = value ?? "";
    });
  }
  return element;
}
