import { VisuallyHidden } from '@mantine/core';

/** Repeats the tab's label at the head of its panel, for people who go from heading to heading. */
export function TabHeading({ children }: { readonly children: string }) {
  return <VisuallyHidden component="h2">{children}</VisuallyHidden>;
}
