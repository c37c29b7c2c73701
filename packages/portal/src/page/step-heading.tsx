import { PageTitle } from '@casetalk/ui';
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../language/use-words.ts';

export interface StepHeadingProps {
  readonly title: string;
  readonly lead: ReactNode;
  /** Something on this step is wrong: the document's title says so first. */
  readonly failed: boolean;
  /** Before the heading: the step count. */
  readonly before?: ReactNode;
}

/** How a step says what it is: as the page's heading, or, inside a dialog, in a sentence under the dialog's title. */
export type StepHeading = ComponentType<StepHeadingProps>;

/** A step that is the whole page. */
export function PageStepHeading({ title, lead, failed, before }: StepHeadingProps) {
  const words = useWords();
  return (
    <PageTitle
      title={title}
      service={words('page.service')}
      prefix={failed ? words('page.errorPrefix') : undefined}
      lead={lead}
      before={before}
    />
  );
}

/** A step inside a dialog, which has a title of its own. Takes the focus, as the button that led here is gone. */
export function DialogStepHeading({ lead }: StepHeadingProps) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.focus(), []);
  return (
    <div ref={here} tabIndex={-1}>
      {lead}
    </div>
  );
}
