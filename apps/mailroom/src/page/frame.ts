import { html } from './html.ts';
import type { Html } from './html.ts';

type PageName = 'messages' | 'authenticator';

interface Frame {
  readonly current: PageName;
  readonly title: string;
  /** Style sheets and the one script, by their names under `/page/`. */
  readonly styles: readonly string[];
  readonly script: string;
  /** What the skip link leads past the header to. */
  readonly skip: string;
  /** One sentence about this page, in the banner. */
  readonly banner: string;
  /** What stands under the banner, still in the header. */
  readonly tools?: Html | undefined;
  /** How many cards the page shows at most, for its script. */
  readonly shown?: number | undefined;
  readonly main: Html;
}

const PAGES: readonly { readonly name: PageName; readonly to: string; readonly label: string }[] = [
  { name: 'messages', to: '/', label: 'Messages' },
  { name: 'authenticator', to: '/authenticator', label: 'Authenticator' },
];

/** A page of the mailroom from its first line to its last. @returns An HTML document. */
export function pageFrame({
  current,
  title,
  styles,
  script,
  skip,
  banner,
  tools,
  shown,
  main,
}: Frame): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/mailroom.css">
${styles.map((name) => html`<link rel="stylesheet" href="/page/${name}">`)}
<script type="module" src="/page/${script}"></script>
</head>
<body${shown !== undefined && html` data-shown="${shown}"`}>
<a class="skip" href="#main">${skip}</a>
<header class="top">
  <div class="top-row">
    <h1>${current === 'messages' ? 'Mailroom' : title}</h1>
    <p class="live"><span class="dot" aria-hidden="true"></span><span id="live">Connecting</span></p>
  </div>
  <nav class="pages" aria-label="Mailroom">
    ${PAGES.map(
      ({ name, to, label }) =>
        html`<a class="page" href="${to}"${name === current && html` aria-current="page"`}>${label}</a>`,
    )}
  </nav>
  <p class="banner">${banner}</p>
  ${tools ?? null}
</header>
<main id="main" tabindex="-1">${main}</main>
<p id="announcer" class="unseen" role="status"></p>
</body>
</html>
`.text;
}
