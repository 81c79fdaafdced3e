// The talk button from press to spoken answer. Hold and speak; or tap, speak, and tap again.

import { Post } from "./post.js";
import { watch } from "./press.js";
import { microphone, record } from "./recorder.js";
import { answer, follow, hint, note, offerRecorder, offersRecorder, offerToHear, state, trouble, words } from "./show.js";
import { Voice } from "./voice.js";

const TAP = 350; // milliseconds: who lets go sooner has tapped and will tap again when finished
const BOUNCE = 700; // milliseconds after a tap in which another is only the hand that shakes
const TAIL = 350; // milliseconds that are still recorded: people let go on the last syllable, or lose the button
const LONGEST = 60000; // milliseconds of one recording
const WARNING = 52000; // when the end is announced
const ASKED = 1500; // milliseconds to open the microphone after which the browser must have asked for permission

const { home, owner, token } = document.querySelector("[data-home]").dataset;
const talk = document.getElementById("talk");
const voice = new Voice(document.getElementById("voice"));
let stuck = false; // what was said cannot be delivered at present
let take = null; // the recording that runs: { recorder, held, tapped, stopping, ending, timers }

const on = {
  answer: show,
  trouble: (kind) => {
    trouble(words[kind]);
    stuck = true; // the button is ready all the same: more can be said while the network is down
    idle();
  },
  through: () => trouble(null),
};
const post = new Post(home, on, { owner, token });

function idle() {
  if (take) return;
  if (post.waiting && !stuck) state("thinking", words.thinking, words.thinking_hint);
  else state("ready", words.ready, words.ready_hint);
}

async function down() {
  voice.stop();
  voice.unlock();
  if (offersRecorder()) {
    idle(); // the press interrupted the voice, no more
    return;
  }
  if (take) {
    take.held = true;
    clearTimeout(take.ending); // the finger is back before the recording has ended: nothing happened
    if (take.tapped && take.recorder?.length() > BOUNCE) finish();
    return;
  }
  const mine = { recorder: null, held: true, tapped: false, stopping: false, timers: [] };
  take = mine;
  state("opening", words.opening, words.opening_hint);
  const asked = performance.now();
  try {
    mine.recorder = await record();
  } catch (error) {
    take = null;
    refused(error);
    return;
  }
  if (!mine.held && performance.now() - asked > ASKED) {
    take = null;
    mine.recorder.stop();
    note(words.again);
    idle();
    return;
  }
  mine.tapped = !mine.held;
  navigator.vibrate?.(60);
  state("listening", words.listening, mine.tapped ? words.listening_tap : words.listening_hold);
  mine.timers = [setTimeout(() => hint(words.listening_end), WARNING), setTimeout(finish, LONGEST)];
  mine.recorder.lost.then(() => take === mine && finish());
}

function up() {
  voice.unlock();
  if (!take) return;
  take.held = false;
  if (!take.recorder || take.tapped) return;
  if (take.recorder.length() < TAP) {
    take.tapped = true;
    hint(words.listening_tap);
  } else take.ending = setTimeout(finish, TAIL);
}

async function finish() {
  const mine = take;
  if (!mine?.recorder || mine.stopping) return;
  mine.stopping = true;
  [...mine.timers, mine.ending].forEach(clearTimeout);
  state("thinking", words.thinking, words.thinking_hint);
  const audio = await mine.recorder.stop();
  if (take === mine) take = null;
  send({ audio });
}

function send(said) {
  state("thinking", words.thinking, words.thinking_hint);
  post.send(said);
}

async function show(told, said) {
  trouble(null);
  stuck = false;
  answer(told, said.label ?? told.heard);
  document.dispatchEvent(new Event("nuanyang:answered"));
  if (take) return; // somebody is speaking: read it, it can be heard again
  const spoken = speak(told);
  if (post.waiting) await spoken; // the next answer must not cut this one short
}

async function speak(told) {
  const parts = told.parts;
  const how = parts.length
    ? await voice.speak(parts, (share) => {
        state("speaking", words.speaking, words.speaking_hint);
        follow(share);
      })
    : "none";
  if (how === "done") follow(1);
  if (how === "blocked") offerToHear(() => speak(told));
  if (how !== "stopped") idle();
}

function refused(error) {
  if (error.name === "NotReadableError" || error.name === "AbortError") note(words.busy_microphone);
  else {
    note(words.no_microphone);
    offerRecorder();
  }
  idle();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-say]");
  if (!button || take) return;
  voice.stop();
  voice.unlock();
  send({ text: button.dataset.say, label: button.textContent });
});

document.getElementById("file").addEventListener("change", (event) => {
  const [audio] = event.target.files;
  if (!audio) return;
  voice.unlock();
  if (audio.size > words.most_bytes) note(words.too_large);
  else {
    note(words.sent_recording);
    send({ audio });
  }
  event.target.value = "";
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden && take?.recorder) finish(); // a phone call, a locked screen: send what was said
});

watch(talk, { down, up });
if (!microphone()) offerRecorder();
idle();
post.resume();
