/** A closing dialog gives the focus back within this time; what is meant to have it comes after. */
const dialogClosedMs = 60;
const framesPatient = 60;

/**
 * Moves the focus to an element that takes the place of the one that had it: as soon as it is drawn, and after a dialog
 * that is closing has let go. Gives up after about a second.
 */
export function focusWhenThere(id: string): void {
  let left = framesPatient;
  const look = (): void => {
    const element = document.getElementById(id);
    if (element) element.focus();
    else if (left > 0) {
      left -= 1;
      requestAnimationFrame(look);
    }
  };
  setTimeout(look, dialogClosedMs);
}
