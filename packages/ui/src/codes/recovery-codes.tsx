import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useId } from 'react';
import { CopyButton } from '../buttons/copy-button.tsx';
import { Icon } from '../icon/icon.tsx';
import classes from './codes.module.css';

export interface RecoveryCodesWords {
  /** "Recovery codes for CaseTalk". */
  readonly title: string;
  /** Whose they are and from when, for the sheet of paper: "grace.chen@example.com, 22 Nov 2026". */
  readonly owner: string;
  /** "Each code works once." */
  readonly once: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly download: string;
  readonly print: string;
}

export interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly words: RecoveryCodesWords;
  /** Name of the file that Download saves, with its ending. */
  readonly fileName: string;
}

const keptMs = 10_000;

/** Saves the codes as a text file. */
function save(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // Some browsers fetch it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}

/** Codes that are shown once, with every way to keep them. Printing the page prints them alone. */
export const RecoveryCodes = ({ codes, words, fileName }: RecoveryCodesProps) => {
  const titleId = useId();
  const text = [words.title, words.owner, words.once, '', ...codes, ''].join('\r\n');
  return (
    <div className={classes.recovery}>
      <section className={classes.sheet} aria-labelledby={titleId} data-ct-print-alone>
        <h2 id={titleId} className={classes.sheetTitle}>
          {words.title}
        </h2>
        <p className={classes.owner}>
          {words.owner}. {words.once}
        </p>
        <ol className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code className={classes.value}>{code}</code>
            </li>
          ))}
        </ol>
      </section>
      <div className={classes.ways}>
        <CopyButton
          value={codes.join('\n')}
          label={words.copy}
          copiedLabel={words.copied}
          failedLabel={words.copyFailed}
        />
        <Button
          variant="default"
          size="sm"
          leftSection={<Icon of={IconDownload} size="sm" />}
          onClick={() => save(text, fileName)}
        >
          {words.download}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={<Icon of={IconPrinter} size="sm" />}
          onClick={() => print()}
        >
          {words.print}
        </Button>
      </div>
    </div>
  );
};
