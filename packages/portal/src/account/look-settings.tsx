import { Panel, ThemeSwitch } from '@casetalk/ui';
import { useWords } from '../language/use-words.ts';

/** Light, dark, or as the device has it. */
export function LookSettings() {
  const words = useWords();
  return (
    <Panel title={words('account.theme.title')}>
      <div>
        <ThemeSwitch
          legend={words('account.theme.legend')}
          words={{
            auto: words('account.theme.auto'),
            light: words('account.theme.light'),
            dark: words('account.theme.dark'),
          }}
        />
      </div>
    </Panel>
  );
}
