// Speaks the answers through one audio element, which the first touch unlocks.

// A fortieth of a second of silence, 8 kHz, 8 bit.
function silence() {
  const size = 200;
  const bytes = new Uint8Array(44 + size).fill(128);
  const view = new DataView(bytes.buffer);
  const text = (at, letters) => [...letters].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + size, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, size, true);
  return new Blob([bytes], { type: "audio/wav" });
}

export class Voice {
  constructor(audio) {
    this.audio = audio;
    this.unlocked = false;
    this.turn = 0; // a newer answer, or a press of the button, ends the older voice
    this.ogg = audio.canPlayType("audio/ogg; codecs=opus") !== "";
  }

  // Browsers play sound later only where a touch has played some before; not every kind of touch counts, so try each.
  unlock() {
    if (this.unlocked) return;
    this.source(silence());
    this.audio.loop = true; // paused, never ended: only answers end
    const { turn } = this;
    this.audio.play().then(
      () => {
        this.unlocked = true;
        if (turn === this.turn) this.audio.pause();
      },
      () => {}, // this touch did not count
    );
  }

  stop() {
    this.turn += 1;
    this.audio.pause();
  }

  // Plays the parts one after the other: "done", "stopped" by something newer, "blocked" by the browser, or "none".
  async speak(parts, begun) {
    this.stop();
    const { turn } = this;
    let coming = this.fetch(parts[0]);
    let heard = "none";
    for (let index = 0; index < parts.length; index += 1) {
      const sound = await coming;
      if (turn !== this.turn) return "stopped";
      coming = index + 1 < parts.length ? this.fetch(parts[index + 1]) : null;
      if (!sound) continue;
      this.source(sound);
      const ended = this.ended();
      try {
        await this.audio.play();
      } catch (error) {
        if (turn !== this.turn) return "stopped";
        return error.name === "NotAllowedError" ? "blocked" : heard;
      }
      this.unlocked = true;
      begun(index / parts.length);
      await ended;
      if (turn !== this.turn) return "stopped";
      heard = "done";
    }
    return heard;
  }

  ended() {
    return new Promise((resolve) => {
      for (const end of ["ended", "pause", "error"]) this.audio.addEventListener(end, resolve, { once: true });
    });
  }

  source(blob) {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(blob);
    this.audio.loop = false;
    this.audio.src = this.address;
  }

  async fetch(address) {
    try {
      const response = await fetch(this.ogg ? address : address.replace(/\.ogg$/, ".wav"));
      return response.ok ? await response.blob() : null;
    } catch {
      return null; // the answer stands on the page in writing
    }
  }
}
