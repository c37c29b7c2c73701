import type { Language } from '@casetalk/contract';

/** What every mail is made of. All of it is text: whatever a practice is called, it can change no markup. */
export interface MailContent {
  readonly language: Language;
  /** From whom, above the heading. */
  readonly sender: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly label: string; readonly url: string; readonly fallback: string } | null;
  /** Smaller, under a line. */
  readonly footer: readonly string[];
  /** Where the reader stops mails like this one; left out where they are not to be stopped. */
  readonly stop?: { readonly label: string; readonly url: string };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Contrast is at least 7:1 in both palettes; a reader that ignores the style sheet keeps the light one. */
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background: #14191a !important; }
  .sheet { background: #1d2425 !important; border-color: #3a4546 !important; }
  .ink { color: #f1efe9 !important; }
  .soft { color: #c8cfce !important; }
  .button { background: #8ed6d3 !important; color: #06282a !important; }
  .link { color: #8ed6d3 !important; }
  .rule { border-color: #3a4546 !important; }
}`.trim();

const font = `font-family: 'Atkinson Hyperlegible Next', 'Segoe UI', Helvetica, Arial, sans-serif`;
const body = `${font}; font-size: 18px; line-height: 28px; color: #1f2625; margin: 0 0 16px`;
const small = `${font}; font-size: 16px; line-height: 24px; color: #4a5453; margin: 0 0 8px`;

/** The mail as HTML: no images, nothing loaded from anywhere, readable in light and dark. */
export function renderHtml(content: MailContent): string {
  const { language, sender, heading, paragraphs, button, footer, stop } = content;
  const lines = [
    `<p class="soft" style="${small}">${escape(sender)}</p>`,
    `<h1 class="ink" style="${font}; font-size: 26px; line-height: 34px; color: #1f2625; margin: 0 0 16px">${escape(heading)}</h1>`,
    ...paragraphs.map((text) => `<p class="ink" style="${body}">${escape(text)}</p>`),
    ...(button
      ? [
          `<p style="margin: 24px 0"><a class="button" href="${escape(button.url)}" style="${font}; display: inline-block; padding: 14px 28px; border-radius: 10px; background: #0b5a60; color: #ffffff; font-size: 18px; font-weight: 700; text-decoration: none">${escape(button.label)}</a></p>`,
          `<p class="soft" style="${small}">${escape(button.fallback)}<br><a class="link" href="${escape(button.url)}" style="color: #0b5a60; word-break: break-all">${escape(button.url)}</a></p>`,
        ]
      : []),
    '<hr class="rule" style="border: 0; border-top: 1px solid #d8d3c7; margin: 24px 0 16px">',
    ...footer.map((text) => `<p class="soft" style="${small}">${escape(text)}</p>`),
    ...(stop
      ? [
          `<p class="soft" style="${small}"><a class="link" href="${escape(stop.url)}" style="color: #0b5a60">${escape(stop.label)}</a></p>`,
        ]
      : []),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(heading)}</title>
<style>${style}</style>
</head>
<body class="paper" style="margin: 0; padding: 0; background: #f6f3ec">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding: 24px 12px">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width: 600px; background: #ffffff; border: 1px solid #d8d3c7; border-radius: 10px"><tr><td style="padding: 32px 28px; text-align: left">
${lines.join('\n')}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

/** The same mail as plain text. */
export function renderText({ sender, heading, paragraphs, button, footer, stop }: MailContent): string {
  const blocks = [
    sender,
    heading,
    ...paragraphs,
    ...(button ? [`${button.label}:\n${button.url}`] : []),
    '--',
    ...footer,
    ...(stop ? [`${stop.label}:\n${stop.url}`] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}
