import { useMediaQuery } from '@mantine/hooks';

/** True from 768 pixels on, where a table has room; known on the first drawing, so that nothing jumps. */
export const useWide = (): boolean =>
  useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? true;
