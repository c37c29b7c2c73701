import { EmptyState, PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useWords } from '../language/use-words.ts';

/** The service does not answer and there is nothing to show without it. */
export function UnreachablePage({ onRetry }: { readonly onRetry: () => void }) {
  const words = useWords();
  return (
    <>
      <PageTitle title={words('page.unreachable.title')} service={words('page.service')} />
      <EmptyState
        icon={IconPlugConnectedX}
        title={words('page.unreachable.text')}
        action={<Button onClick={onRetry}>{words('page.tryAgain')}</Button>}
      />
    </>
  );
}
