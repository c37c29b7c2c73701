import { IconLock, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import classes from './audience.module.css';

/** Who reads it: two named people, or everyone on the case. */
export type Audience = 'private' | 'case';

const drawings = { private: IconLock, case: IconUsers } as const;

/** The audience's icon alone, for places that bring their own words. */
export const AudienceIcon = ({ audience }: { readonly audience: Audience }) => (
  <Icon of={drawings[audience]} />
);

export interface AudienceBannerProps {
  readonly audience: Audience;
  /** "Private: only you and Ana can read this." */
  readonly title: ReactNode;
  /** "Other staff cannot." */
  readonly detail?: ReactNode;
}

/** Who can read what stands below: the first thing of every talk and above every composer. */
export const AudienceBanner = ({ audience, title, detail }: AudienceBannerProps) => (
  <div className={classes.banner} data-audience={audience}>
    <AudienceIcon audience={audience} />
    <p className={classes.words}>
      <strong className={classes.title}>{title}</strong>
      {detail !== undefined && <span className={classes.detail}> {detail}</span>}
    </p>
  </div>
);

export interface AudienceTagProps {
  readonly audience: Audience;
  readonly children: ReactNode;
}

/** The same code in one line: on a tab, beside a file, in a confirmation. */
export const AudienceTag = ({ audience, children }: AudienceTagProps) => (
  <span className={classes.tag} data-audience={audience}>
    <Icon of={drawings[audience]} size="sm" />
    {children}
  </span>
);
