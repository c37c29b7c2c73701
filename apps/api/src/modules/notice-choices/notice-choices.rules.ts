import type { NoticeChannel, NoticeChoices } from '@casetalk/contract';

/**
 * The ways in which somebody can be told. A text goes to a number that its owner proved, and a landline takes none.
 * @param phoneKind of the verified number; null when there is none
 */
export const channelsOf = (phoneKind: 'mobile' | 'landline' | null): NoticeChannel[] =>
  phoneKind === 'mobile' ? ['email', 'text', 'none'] : ['email', 'none'];

interface ChoicesRow {
  readonly channel: NoticeChannel;
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly timeZone: string | null;
}

/** Without a row, and where a text is no longer possible, it is email. */
export function presentChoices(row: ChoicesRow | undefined, channels: NoticeChannel[]): NoticeChoices {
  const { quietFrom = null, quietTo = null, timeZone = null } = row ?? {};
  return {
    channel: row && channels.includes(row.channel) ? row.channel : 'email',
    channels,
    quietHours:
      quietFrom && quietTo && timeZone
        ? { from: quietFrom.slice(0, 5), to: quietTo.slice(0, 5), timeZone }
        : null,
  };
}
