import { useEffect, useState } from 'react';

/** What answers within this time needs no sign of waiting. */
const patienceMs = 150;

/** True once `active` has lasted for `ms` (150 by default), so that quick answers never flicker. */
export const useDelayed = (active: boolean, ms: number = patienceMs): boolean => {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => setLate(true), ms);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active, ms]);
  return active && late;
};
