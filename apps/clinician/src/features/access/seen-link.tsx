import { useWords } from '@casetalk/portal';
import { Anchor } from '@mantine/core';
import { useState } from 'react';
import { SeenDialog } from './seen-dialog.tsx';

/** "Who has seen this": opens the record of a talk beside it. */
export function SeenLink({ talkId }: { readonly talkId: string }) {
  const words = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" inherit underline="always" onClick={() => setOpened(true)}>
        {words('access.title')}
      </Anchor>
      <SeenDialog opened={opened} talkId={talkId} onClose={() => setOpened(false)} />
    </>
  );
}
