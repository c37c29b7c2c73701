import type { MantineThemeOverride } from '@mantine/core';
import { themeNumbers } from './theme-numbers.ts';
import type { Density } from './tokens.ts';
import button from './button.module.css';
import choice from './choice.module.css';
import input from './input.module.css';

/** Classes by the component that wears them. */
const components: MantineThemeOverride['components'] = {
  Button: { defaultProps: { size: 'md' }, classNames: { root: button.root, label: button.label } },
  ActionIcon: { defaultProps: { size: 'md', variant: 'subtle' }, classNames: { root: button.icon } },
  CloseButton: { classNames: { root: button.icon } },
  Input: { defaultProps: { size: 'md' }, classNames: { wrapper: input.wrapper, input: input.input } },
  InputWrapper: {
    defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] },
    classNames: {
      root: input.root,
      label: input.label,
      description: input.description,
      error: input.error,
    },
  },
  Checkbox: {
    defaultProps: { size: 'md' },
    classNames: {
      root: choice.root,
      body: choice.body,
      input: choice.box,
      icon: choice.mark,
      label: choice.label,
      description: choice.description,
      error: choice.error,
    },
  },
  Radio: {
    defaultProps: { size: 'md' },
    classNames: {
      root: choice.root,
      body: choice.body,
      radio: choice.dot,
      icon: choice.mark,
      label: choice.label,
      description: choice.description,
      error: choice.error,
    },
  },
  Switch: { defaultProps: { size: 'md' } },
  Anchor: { defaultProps: { underline: 'always', inherit: true } },
};

/** The whole theme of a portal: `patient` at 18 pixels, `clinician` at 16. */
export const createCaseTalkTheme = (density: Density): MantineThemeOverride => ({
  ...themeNumbers(density),
  components,
});
