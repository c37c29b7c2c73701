import { limits } from '@casetalk/contract';
import { Dialog, DialogActions, SubmitButton, TextField } from '@casetalk/ui';
import { Button, Stack } from '@mantine/core';
import { useId } from 'react';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { useWords } from '../language/use-words.ts';

export interface PasskeyNameDialogProps {
  readonly opened: boolean;
  /** A new passkey is named before the device makes it; otherwise one is renamed. */
  readonly adding: boolean;
  /** What stands in the field at first. */
  readonly name: string;
  readonly onClose: () => void;
  readonly onNamed: (name: string) => void;
}

/** What a passkey is called, so that its owner knows it again. */
export function PasskeyNameDialog({ opened, adding, name, onClose, onNamed }: PasskeyNameDialogProps) {
  const words = useWords();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={words(adding ? 'passkeys.add' : 'passkeys.rename.title')}
      closeLabel={words('page.close')}
    >
      {(requestClose) => <NameForm adding={adding} name={name} onNamed={onNamed} onCancel={requestClose} />}
    </Dialog>
  );
}

interface NameFormProps extends Pick<PasskeyNameDialogProps, 'adding' | 'name' | 'onNamed'> {
  readonly onCancel: () => void;
}

function NameForm({ adding, name, onNamed, onCancel }: NameFormProps) {
  const words = useWords();
  const id = useId();
  const { form, busy, onSubmit } = useCheckedForm({
    initialValues: { name },
    fieldId: () => id,
    validate: { name: (value) => (value.trim() === '' ? words('passkeys.name.error') : null) },
    send: async (values) => {
      onNamed(values.name.trim());
      return undefined;
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        {adding && <p>{words('passkeys.add.lead')}</p>}
        <TextField
          id={id}
          label={words('passkeys.add.name')}
          hint={words('passkeys.add.name.hint')}
          autoComplete="off"
          maxLength={limits.passkeyNameLength}
          {...form.getInputProps('name')}
        />
        <DialogActions>
          <Button variant="default" onClick={onCancel}>
            {words('page.cancel')}
          </Button>
          <SubmitButton busy={busy} busyLabel={words('page.saving')}>
            {words(adding ? 'passkeys.add.submit' : 'passkeys.rename.submit')}
          </SubmitButton>
        </DialogActions>
      </Stack>
    </form>
  );
}
