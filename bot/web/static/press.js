// Finger, mouse and keyboard become two calls: down() and up().

export function watch(button, { down, up }) {
  let finger = null; // the pointer that holds the button; a second finger or a palm changes nothing

  button.addEventListener("pointerdown", (event) => {
    if (finger !== null || event.button > 0) return;
    finger = event.pointerId;
    button.setPointerCapture(finger); // a shaking hand may slip off the button
    down();
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    button.addEventListener(end, (event) => {
      if (event.pointerId !== finger) return;
      finger = null;
      up();
    });
  }

  let key = null;
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (event.repeat || key !== null) return;
    key = event.key;
    down();
  });
  const released = () => {
    if (key === null) return;
    key = null;
    up();
  };
  button.addEventListener("keyup", (event) => {
    if (event.key === key) released();
  });
  button.addEventListener("blur", released);

  // Screen readers press with a click that no finger made: down and up at once, a tap.
  button.addEventListener("click", (event) => {
    if (event.detail !== 0 || event.pointerId >= 0) return;
    down();
    up();
  });
  button.addEventListener("contextmenu", (event) => event.preventDefault()); // a long hold is our business
}
