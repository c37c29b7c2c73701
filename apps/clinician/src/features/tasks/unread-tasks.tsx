import { limits, type Task } from '@casetalk/contract';
import { focusWhenThere, useLanguage } from '@casetalk/portal';
import { ExactTime, Icon, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconClockExclamation } from '@tabler/icons-react';
import { useId } from 'react';
import { Link } from 'react-router';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { tasksQuery, useFinishTask } from './task-queries.ts';
import classes from './unread-tasks.module.css';

/**
 * What waits to be followed up, above the cases; nothing at all when nothing waits. Each goes by itself once it is read.
 * @param after id of what gets the focus when the last task is done
 */
export function UnreadTasks({ after }: { readonly after: string }) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const failureText = useFailureText();
  const titleId = useId();
  const { data } = useQuery(tasksQuery);
  const finish = useFinishTask();
  const tasks = data?.data ?? [];
  if (tasks.length === 0) return null;

  const done = (task: Task): void => {
    if (finish.isPending) return;
    finish.mutate(task.id, {
      onSuccess: () => {
        announce(t('tasks.doneSaid', { name: task.patientName }));
        focusWhenThere(tasks.length > 1 ? titleId : after);
      },
    });
  };

  return (
    <section className={classes.root} aria-labelledby={titleId}>
      <h2 id={titleId} className={classes.title} tabIndex={-1}>
        <Icon of={IconClockExclamation} />
        {t('tasks.title', { count: tasks.length })}
      </h2>
      <ul className={classes.list}>
        {tasks.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            busy={finish.variables === task.id && finish.isPending}
            onDone={done}
          />
        ))}
      </ul>
      {finish.isError && (
        <p className={classes.failure} role="alert">
          {failureText(finish.error)}
        </p>
      )}
      <p className={classes.note}>{t('tasks.note', { count: limits.unreadTaskDays })}</p>
    </section>
  );
}

interface TaskRowProps {
  readonly task: Task;
  readonly busy: boolean;
  readonly onDone: (task: Task) => void;
}

function TaskRow({ task, busy, onDone }: TaskRowProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  return (
    <li className={classes.task}>
      <div className={classes.words}>
        <p>{t(`tasks.${task.kind}`, { name: task.patientName })}</p>
        <p className={classes.since}>
          {t('tasks.since')} <ExactTime value={task.unreadSince} language={language} />
        </p>
      </div>
      <div className={classes.actions}>
        <Button
          component={Link}
          to={`/cases/${task.caseId}/patient-talk`}
          size="sm"
          variant="default"
          aria-label={t('tasks.openOf', { name: task.patientName })}
        >
          {t('tasks.open')}
        </Button>
        <Button
          size="sm"
          variant="subtle"
          aria-label={t('tasks.doneOf', { name: task.patientName })}
          aria-busy={busy || undefined}
          onClick={() => onDone(task)}
        >
          {busy ? t('tasks.saving') : t('tasks.done')}
        </Button>
      </div>
    </li>
  );
}
