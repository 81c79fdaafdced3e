// The microphone, where the browser gives it to a page.

const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"]; // iPhones only know the last

export const microphone = () =>
  Boolean(window.isSecureContext && navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

// Opens the microphone and begins to record; rejects where that is not allowed.
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const free = () => stream.getTracks().forEach((track) => track.stop()); // the phone shows that nobody listens now
  try {
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported?.(kind));
    const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 32000 });
    const chunks = [];
    recorder.addEventListener("dataavailable", (event) => event.data.size && chunks.push(event.data));
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
    const begun = new Promise((resolve) => recorder.addEventListener("start", resolve, { once: true }));
    recorder.start();
    await begun;
    const since = performance.now();
    return {
      length: () => performance.now() - since,
      stop: async () => {
        if (recorder.state !== "inactive") recorder.stop();
        await stopped;
        free();
        return new Blob(chunks, { type: (recorder.mimeType || mimeType || "audio/mp4").split(";")[0] });
      },
      // The microphone was taken away (a call came in): what was said until then still counts.
      lost: new Promise((resolve) => stream.getTracks()[0].addEventListener("ended", resolve, { once: true })),
    };
  } catch (error) {
    free();
    throw error;
  }
}
