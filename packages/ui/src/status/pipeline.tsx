import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleDot, IconCircleDotted, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import classes from './pipeline.module.css';

export type PipelineState = 'done' | 'current' | 'waiting' | 'failed';

export interface PipelineStep {
  readonly id: string;
  readonly label: string;
  readonly state: PipelineState;
  /** The state in words, for people who do not see the mark: "done", "not yet". */
  readonly stateText: string;
  readonly time?: ReactNode;
  readonly detail?: ReactNode;
  /** What repairs a step that failed. */
  readonly action?: ReactNode;
}

export interface PipelineProps {
  /** "Where the invitation stands". */
  readonly label: string;
  readonly steps: readonly PipelineStep[];
}

const drawings: Readonly<Record<PipelineState, IconDrawing>> = {
  done: IconCheck,
  current: IconCircleDot,
  waiting: IconCircleDotted,
  failed: IconX,
};

/** Steps of something on its way, from top to bottom, with the time each was reached. */
export const Pipeline = ({ label, steps }: PipelineProps) => (
  <ol className={classes.root} aria-label={label}>
    {steps.map((step) => (
      <li
        key={step.id}
        className={classes.step}
        data-state={step.state}
        aria-current={step.state === 'current' ? 'step' : undefined}
      >
        <span className={classes.mark}>
          <Icon of={drawings[step.state]} size="sm" />
        </span>
        <div className={classes.words}>
          <p className={classes.head}>
            <span className={classes.label}>
              {step.label}
              <VisuallyHidden> ({step.stateText})</VisuallyHidden>
            </span>
            {step.time !== undefined && <span className={classes.time}>{step.time}</span>}
          </p>
          {step.detail !== undefined && <div className={classes.detail}>{step.detail}</div>}
          {step.action !== undefined && <div className={classes.action}>{step.action}</div>}
        </div>
      </li>
    ))}
  </ol>
);
