import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { MantineColorSchemeManager } from '@mantine/core';
import { useLayoutEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { Announcer } from '../announcer/announcer.tsx';
import { FirstScreen } from '../page/first-screen.tsx';
import { createCaseTalkTheme } from '../theme/theme.ts';
import type { Density } from '../theme/tokens.ts';

export interface CaseTalkProviderProps {
  /** `patient` is 18 pixels at base, `clinician` 16. */
  readonly density: Density;
  /** Where the reader's choice of light or dark is kept; the browser's own storage by default. */
  readonly colorSchemeManager?: MantineColorSchemeManager;
  readonly children: ReactNode;
}

const browserStorage = localStorageColorSchemeManager({ key: 'casetalk-color-scheme' });

/**
 * Theme, colour scheme and announcer, once around a whole portal. Nothing here writes a style tag: the
 * variables stand in `styles.css`, as the portals' content security policy asks.
 */
export const CaseTalkProvider = ({
  density,
  colorSchemeManager = browserStorage,
  children,
}: CaseTalkProviderProps) => {
  const theme = useMemo(() => createCaseTalkTheme(density), [density]);
  useLayoutEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      <Announcer>
        <FirstScreen>{children}</FirstScreen>
      </Announcer>
    </MantineProvider>
  );
};
