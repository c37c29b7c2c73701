/**
 * @typedef {{ kind: 'words', text: string, language: string } | { kind: 'pause', seconds: number }} Line
 */

/** Whether this browser can read aloud. */
export const canSpeak = 'speechSynthesis' in window;

/** The end of the reading under way, if there is one. @type {(() => void) | null} */
let stopCurrent = null;

/**
 * Reads a call aloud, each line in its own language, with its silences. A reading that is still under
 * way stops first.
 * @param {Line[]} lines
 * @param {() => void} onEnd Called once, when everything was read or the reading was stopped.
 */
export function speak(lines, onEnd) {
  stopSpeaking();
  let timer = 0;
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    stopCurrent = null;
    speechSynthesis.cancel();
    onEnd();
  };
  /** @param {number} index */
  const read = (index) => {
    const line = lines[index];
    if (isOver) return;
    if (line === undefined) {
      end();
    } else if (line.kind === 'pause') {
      timer = window.setTimeout(() => read(index + 1), line.seconds * 1000);
    } else {
      const utterance = new SpeechSynthesisUtterance(line.text);
      utterance.lang = line.language;
      utterance.addEventListener('end', () => read(index + 1));
      utterance.addEventListener('error', end);
      speechSynthesis.speak(utterance);
    }
  };
  stopCurrent = end;
  read(0);
}

/** Ends the reading under way. */
export function stopSpeaking() {
  stopCurrent?.();
}
