import { Panel, StatusStrip, useAnnouncer } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../api/client.ts';
import { useWords } from '../language/use-words.ts';
import { NewPasswordForm } from '../password/new-password-form.tsx';
import { queryKeys } from '../queries/query-keys.ts';
import { useConfirmed } from '../second-factor/reauthentication.tsx';
import { useMe } from '../session/session-context.ts';

/** Changes the password; every other session of the account ends. Needs `Reauthentication` above. */
export function ChangePassword() {
  const words = useWords();
  const announce = useAnnouncer();
  const client = useQueryClient();
  const { name, email } = useMe();
  const personalWords = useMemo(() => [name, email], [name, email]);
  const [changes, setChanges] = useState(0);
  const confirmed = useConfirmed();

  return (
    <Panel title={words('account.password.title')}>
      {changes > 0 && <StatusStrip tone="success" title={words('account.password.done')} />}
      <NewPasswordForm
        key={changes}
        askCurrent
        personalWords={personalWords}
        username={email}
        submitLabel={words('account.password.submit')}
        save={(newPassword, currentPassword) =>
          confirmed(() => api.changePassword({ body: { currentPassword, newPassword } }))
        }
        onSaved={() => {
          setChanges((count) => count + 1);
          announce(words('account.password.done'));
          void client.invalidateQueries({ queryKey: queryKeys.sessions });
        }}
      />
    </Panel>
  );
}
