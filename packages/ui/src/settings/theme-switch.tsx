import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { Icon } from '../icon/icon.tsx';
import { Segmented } from './segmented.tsx';

export interface ThemeSwitchProps {
  /** "Appearance". */
  readonly legend: string;
  readonly words: {
    /** "Like my device". */
    readonly auto: string;
    readonly light: string;
    readonly dark: string;
  };
}

/** Light, dark, or as the device has it; the choice is kept in the browser. */
export const ThemeSwitch = ({ legend, words }: ThemeSwitchProps) => {
  // Without it Mantine stops transitions by a style tag, which the portals' policy blocks.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Segmented
      legend={legend}
      value={colorScheme}
      onChange={setColorScheme}
      segments={[
        { value: 'auto', label: words.auto, icon: <Icon of={IconDeviceDesktop} size="sm" /> },
        { value: 'light', label: words.light, icon: <Icon of={IconSun} size="sm" /> },
        { value: 'dark', label: words.dark, icon: <Icon of={IconMoon} size="sm" /> },
      ]}
    />
  );
};
