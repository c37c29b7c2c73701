import { StatusStrip } from '@casetalk/ui';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemOf } from '../api/api-failure.ts';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';

export interface TryAgainProps {
  /** What did not work: "The messages could not be loaded." */
  readonly title: ReactNode;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Something that could not be loaded, in its own place, with the way to ask again. */
export function TryAgain({ title, error, onRetry }: TryAgainProps) {
  const words = useWords();
  return (
    <div role="alert">
      <StatusStrip
        tone="danger"
        title={title}
        detail={problemWords(words, problemOf(error))}
        actions={
          <Button variant="default" onClick={onRetry}>
            {words('page.tryAgain')}
          </Button>
        }
      />
    </div>
  );
}
