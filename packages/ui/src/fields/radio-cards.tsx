import type { ReactNode } from 'react';
import classes from './radio-cards.module.css';

export interface RadioCard {
  readonly value: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** Drawn at the end of the card. */
  readonly icon?: ReactNode;
  /** Cards with the same group stand under one line that names it. */
  readonly group?: string | undefined;
}

export interface RadioCardsProps {
  /** Also the id of the first radio, where the error summary leads. */
  readonly id: string;
  readonly name: string;
  readonly legend: ReactNode;
  /** The question is the screen's heading already: keep the legend for screen readers alone. */
  readonly legendHidden?: boolean;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly options: readonly RadioCard[];
  readonly value: string | null | undefined;
  readonly onChange: (value: string) => void;
}

interface CardProps extends Pick<RadioCardsProps, 'name' | 'value' | 'onChange'> {
  readonly id: string;
  readonly card: RadioCard;
}

const Card = ({ id, name, card, value, onChange }: CardProps) => (
  <label className={classes.card} htmlFor={id}>
    <input
      id={id}
      className={classes.radio}
      type="radio"
      name={name}
      value={card.value}
      checked={value === card.value}
      onChange={() => onChange(card.value)}
      aria-describedby={card.hint === undefined ? undefined : `${id}-hint`}
    />
    <span className={classes.words}>
      <span className={classes.label}>{card.label}</span>
      {card.hint !== undefined && (
        <span id={`${id}-hint`} className={classes.hint}>
          {card.hint}
        </span>
      )}
    </span>
    {card.icon !== undefined && <span className={classes.icon}>{card.icon}</span>}
  </label>
);

/** A question with a few answers, each a large target; plain radios underneath. */
export const RadioCards = ({
  id,
  name,
  legend,
  legendHidden = false,
  hint,
  error,
  options,
  value,
  onChange,
}: RadioCardsProps) => {
  const hasError = error !== undefined && error !== null && error !== false;
  const described = [hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset
      className={classes.root}
      aria-describedby={described === '' ? undefined : described}
      data-error={hasError || undefined}
    >
      <legend className={legendHidden ? classes.hiddenLegend : classes.legend}>{legend}</legend>
      {hint !== undefined && (
        <div id={`${id}-hint`} className={classes.hint}>
          {hint}
        </div>
      )}
      {hasError && (
        <div id={`${id}-error`} className={classes.error}>
          {error}
        </div>
      )}
      <div className={classes.cards}>
        {options.map((card, index) => {
          const before = options[index - 1];
          const cardId = index === 0 ? id : `${id}-${index + 1}`;
          return (
            <div key={card.value} className={classes.item}>
              {card.group !== undefined && card.group !== before?.group && (
                <div className={classes.group}>{card.group}</div>
              )}
              <Card id={cardId} name={name} card={card} value={value} onChange={onChange} />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
};
