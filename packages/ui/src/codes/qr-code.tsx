import { useMemo } from 'react';
import { encode } from 'uqr';
import classes from './qr-code.module.css';

export interface QrCodeProps {
  /** What a camera reads in it. It is drawn here and goes nowhere. */
  readonly text: string;
  /** What it is for, to those who do not see it: "QR code for your authenticator app". */
  readonly label: string;
}

/** Empty squares around a code, without which cameras do not find it: four, by ISO/IEC 18004. */
const quiet = 4;

/** Each row's runs of dark squares as one path, so that no seams show between them. */
function darkPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .map((row, y) => {
      const runs = [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ];
      return runs
        .map(({ index, 0: run }) => `M${index + quiet} ${y + quiet}h${run.length}v1h-${run.length}z`)
        .join('');
    })
    .join('');
}

/** A QR code, dark on light in both schemes, because many cameras do not read the reverse. */
export const QrCode = ({ text, label }: QrCodeProps) => {
  const { size, path } = useMemo(() => {
    const { data } = encode(text, { ecc: 'M', border: 0 });
    return { size: data.length + 2 * quiet, path: darkPath(data) };
  }, [text]);
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
};
