import { useState } from 'react';

/** How many times larger than fitting the window. 1 fits. */
const steps = [1, 1.5, 2, 3, 4, 6] as const;

export interface Zoom {
  readonly factor: number;
  readonly canGrow: boolean;
  readonly canShrink: boolean;
  readonly grow: () => void;
  readonly shrink: () => void;
  readonly fit: () => void;
}

/** Zoom of a picture in steps that are far enough apart to be seen. */
export const useZoom = (): Zoom => {
  const [step, setStep] = useState(0);
  const last = steps.length - 1;
  return {
    factor: steps[step] ?? 1,
    canGrow: step < last,
    canShrink: step > 0,
    grow: () => setStep((at) => Math.min(at + 1, last)),
    shrink: () => setStep((at) => Math.max(at - 1, 0)),
    fit: () => setStep(0),
  };
};
