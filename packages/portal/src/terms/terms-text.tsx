import type { Terms } from '@casetalk/contract';
import { formatPlainDate, ReadingColumn } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useLanguage, useWords } from '../language/use-words.ts';
import classes from './terms-text.module.css';

const anchorOf = (index: number): string => `terms-${index + 1}`;

/** The terms as page content: in short first, a contents list, every section under its heading. */
export function TermsText({ terms }: { readonly terms: Terms }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <ReadingColumn>
      <div className={classes.head}>
        <p className={classes.version}>
          {words('terms.version', {
            version: terms.version,
            date: formatPlainDate(terms.publishedOn, language),
          })}
        </p>
        <Button
          variant="default"
          size="sm"
          className={classes.print}
          leftSection={<IconPrinter size="1.1em" aria-hidden="true" />}
          onClick={() => print()}
        >
          {words('page.print')}
        </Button>
      </div>
      <section className={classes.short} aria-labelledby="terms-short">
        <h2 id="terms-short">{words('terms.short')}</h2>
        <p>{terms.summary}</p>
      </section>
      <nav aria-labelledby="terms-contents" className={classes.contents}>
        <h2 id="terms-contents">{words('terms.contents')}</h2>
        <ol>
          {terms.sections.map((section, index) => (
            <li key={section.heading}>
              <a href={`#${anchorOf(index)}`}>{section.heading}</a>
            </li>
          ))}
        </ol>
      </nav>
      {terms.sections.map((section, index) => (
        <section key={section.heading} className={classes.section} aria-labelledby={anchorOf(index)}>
          <h2 id={anchorOf(index)}>
            {index + 1}. {section.heading}
          </h2>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
    </ReadingColumn>
  );
}
