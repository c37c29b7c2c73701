import { PageTitle } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useWords } from '../language/use-words.ts';

/** A screen broke while it was drawn. For react-router's `errorElement` and for `ErrorBoundary`. */
export function CrashPage() {
  const words = useWords();
  return (
    <>
      <PageTitle
        title={words('page.crash.title')}
        service={words('page.service')}
        prefix={words('page.errorPrefix')}
        lead={words('page.crash.text')}
      />
      <div>
        <Button onClick={() => location.reload()}>{words('page.crash.reload')}</Button>
      </div>
    </>
  );
}
