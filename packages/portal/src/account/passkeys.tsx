import type { Passkey, PasskeyCreation } from '@casetalk/contract';
import {
  ConfirmDialog,
  FactItem,
  FactList,
  formatDate,
  formatDateTime,
  Panel,
  SkeletonList,
  StatusStrip,
  SubmitButton,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import { TryAgain } from '../page/try-again.tsx';
import { secondFactorsQuery } from '../queries/session-queries.ts';
import { deviceName } from '../second-factor/device-name.ts';
import { makePasskey, passkeysPossible } from '../second-factor/passkeys.ts';
import { useAccountAct } from '../second-factor/use-account-act.ts';
import { PasskeyNameDialog } from './passkey-name-dialog.tsx';
import classes from './signed-in-places.module.css';

type Asking =
  | { readonly what: 'add'; readonly options: PasskeyCreation }
  | { readonly what: 'rename' | 'remove'; readonly passkey: Passkey };

/** The person's passkeys: add one on this device, rename, remove. Needs `Reauthentication` above. */
export function Passkeys() {
  const words = useWords();
  const { data, error, isPending, refetch } = useQuery(secondFactorsQuery());
  const { outcome, busy, run, fail } = useAccountAct();
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);

  const begin = async () => {
    const begun = await run(() => api.startPasskey(), null);
    if (begun) setAsking({ what: 'add', options: begun.data });
  };
  const add = async (options: PasskeyCreation, name: string) => {
    close();
    const made = await makePasskey(options);
    if (!made.ok) return fail(words(`passkeys.add.${made.refusal}`));
    const { credential } = made;
    await run(() => api.addPasskey({ body: { name, credential } }), words('passkeys.add.done', { name }));
    return undefined;
  };
  const rename = async ({ id }: Passkey, name: string) => {
    close();
    await run(
      () => api.renamePasskey({ params: { passkeyId: id }, body: { name } }),
      words('passkeys.renamed', { name }),
    );
  };
  const remove = async ({ id, name }: Passkey) => {
    close();
    await run(() => api.removePasskey({ params: { passkeyId: id } }), words('passkeys.removed', { name }));
  };

  return (
    <Panel title={words('passkeys.title')}>
      <p className={classes.lead}>{words('passkeys.lead')}</p>
      {outcome && <StatusStrip tone={outcome.tone} title={outcome.text} />}
      {isPending && <SkeletonList label={words('page.loading')} rows={1} />}
      {error && <TryAgain title={words('passkeys.failed')} error={error} onRetry={() => void refetch()} />}
      {data?.passkeys.length === 0 && <p>{words('passkeys.none')}</p>}
      {data !== undefined && data.passkeys.length > 0 && (
        <FactList label={words('passkeys.list')}>
          {data.passkeys.map((passkey) => (
            <Item
              key={passkey.id}
              passkey={passkey}
              onRename={() => setAsking({ what: 'rename', passkey })}
              onRemove={() => setAsking({ what: 'remove', passkey })}
            />
          ))}
        </FactList>
      )}
      {passkeysPossible() ? (
        <div>
          <SubmitButton
            type="button"
            variant="default"
            busy={busy}
            busyLabel={words('factor.checking')}
            onClick={() => void begin()}
          >
            {words('passkeys.add')}
          </SubmitButton>
        </div>
      ) : (
        <p className={classes.lead}>{words('passkeys.unsupported')}</p>
      )}
      <PasskeyNameDialog
        opened={asking?.what === 'add' || asking?.what === 'rename'}
        adding={asking?.what === 'add'}
        name={asking?.what === 'rename' ? asking.passkey.name : deviceName(words)}
        onClose={close}
        onNamed={(name) => {
          if (asking?.what === 'add') void add(asking.options, name);
          if (asking?.what === 'rename') void rename(asking.passkey, name);
        }}
      />
      <ConfirmDialog
        opened={asking?.what === 'remove'}
        title={words('passkeys.remove.title', {
          name: asking?.what === 'remove' ? asking.passkey.name : '',
        })}
        detail={words('passkeys.remove.text')}
        confirmLabel={words('passkeys.remove.confirm')}
        cancelLabel={words('page.cancel')}
        dangerous
        onCancel={close}
        onConfirm={() => {
          if (asking?.what === 'remove') void remove(asking.passkey);
        }}
      />
    </Panel>
  );
}

interface ItemProps {
  readonly passkey: Passkey;
  readonly onRename: () => void;
  readonly onRemove: () => void;
}

function Item({ passkey, onRename, onRemove }: ItemProps) {
  const words = useWords();
  const language = useLanguage();
  const { name, createdAt, lastUsedAt, synced } = passkey;
  return (
    <FactItem
      icon={IconFingerprint}
      title={name}
      facts={[
        lastUsedAt === null
          ? words('passkeys.unused')
          : words('passkeys.used', { time: formatDateTime(lastUsedAt, language) }),
        words('passkeys.added', { date: formatDate(createdAt, language) }),
        ...(synced ? [words('passkeys.synced')] : []),
      ]}
      actions={
        <>
          <Button
            variant="default"
            size="sm"
            aria-label={words('passkeys.renameName', { name })}
            onClick={onRename}
          >
            {words('passkeys.rename')}
          </Button>
          <Button
            variant="default"
            size="sm"
            aria-label={words('passkeys.removeName', { name })}
            onClick={onRemove}
          >
            {words('passkeys.remove')}
          </Button>
        </>
      }
    />
  );
}
