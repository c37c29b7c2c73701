/** Markup that is safe to place into a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Html | string | number | null | false | readonly Html[];

/** Builds markup; every piece that is not markup itself is escaped. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  const text = parts.reduce((built, part, index) => built + markup(pieces[index - 1] ?? null) + part);
  return new Html(text);
}

/** Plain text with its web addresses turned into links that open a new tab. */
export function linked(text: string): Html {
  const pieces = text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/);
  return new Html(
    pieces
      .map((piece, index) =>
        index % 2 === 1
          ? html`<a href="${piece}" target="_blank" rel="noopener noreferrer">${piece}</a>`.text
          : escaped(piece),
      )
      .join(''),
  );
}

function markup(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('');
  return escaped(String(piece));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
