import { type ProblemCode, problems } from '@casetalk/contract';

/** The page of the reference: no inline script, so that the policy need not allow any. */
export function referencePage(parts: { script: string; document: string; nonce: string }): string {
  const configuration = {
    url: parts.document,
    telemetry: false,
    withDefaultFonts: false,
    showDeveloperTools: 'never',
    hideClientButton: true,
    agent: { disabled: true },
    mcp: { disabled: true },
    persistAuth: false,
    hiddenClients: [],
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    theme: 'default',
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" nonce="${parts.nonce}" content="${parts.nonce}">
<link rel="icon" href="data:,">
<title>CaseTalk API reference</title>
</head>
<body>
<noscript><p>This page needs JavaScript. The document itself is at <a href="${parts.document}">${parts.document}</a>.</p></noscript>
<div id="api-reference" data-configuration="${inAttribute(JSON.stringify(configuration))}"></div>
<script src="${parts.script}"></script>
</body>
</html>
`;
}

/** What a problem is about, for whoever follows its `type`. */
export function problemPage(code: ProblemCode, nonce: string): string {
  const { status, title } = problems[code];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${inText(title)} – CaseTalk API</title>
<style nonce="${nonce}">
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1.25rem; color: #1b2733; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.25; }
code { font-family: ui-monospace, monospace; background: #eef2f5; padding: 0.1em 0.35em; border-radius: 0.25em; }
a { color: #0b5a8a; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #10181f; } code { background: #1d2932; } a { color: #8ccbff; } }
</style>
</head>
<body>
<main>
<h1>${inText(title)}</h1>
<p>The API answers with status <code>${status}</code> and the code <code>${code}</code>.</p>
<p>${inText(explanations[code])}</p>
<p>In an answer, <code>detail</code> and <code>errors</code> say how to mend the request, and <code>instance</code> is the request’s id in the logs. <a href="/docs">All operations</a></p>
</main>
</body>
</html>
`;
}

const explanations: Record<ProblemCode, string> = {
  'invalid-request':
    'Something in the body, the query, the path or a header does not fit the contract. Each error names its place.',
  unauthenticated: 'There is no session, or it has ended. Sign in and send the request again.',
  'wrong-credentials':
    'The email and the password do not belong together. Which of them is wrong is not said.',
  'cross-site':
    'A browser sent this from a page of another site. Only the portals’ own pages may change anything.',
  'reauthentication-needed':
    'This needs a confirmation that is at most five minutes old. `needs` says of what: the password, a second factor, or both. Confirm it at /v1/me/reauthentication and send the request again.',
  'terms-due':
    'The terms of use have a new version. Accept it first; everything else works again afterwards.',
  'not-found': 'There is nothing at this address, or it is not yours to see. Which of the two is not said.',
  'already-exists': 'What you would create is there already.',
  'state-conflict':
    'It was possible once, or will be, but is not in the present state. Ask for the record again.',
  'last-factor':
    'A clinician always has an authenticator app or a passkey. Add another one before removing this one.',
  'someone-else-signed-in': 'This browser is signed in as another person. Sign out first.',
  'busy-try-again':
    'The same thing is being done by another request. Wait as long as Retry-After says, and try again.',
  'version-conflict':
    'Somebody changed the record after you read it. Read it again and make your change to that version.',
  'protocol-version': 'Resumable uploads speak tus 1.0.0. Send Tus-Resumable: 1.0.0.',
  'too-large': 'The body or the file is larger than is accepted here.',
  'unsupported-media-type': 'Send the content type that the operation names.',
  'file-type-refused': 'The file’s content is of a type that is not accepted, or is not what its name says.',
  'range-not-satisfiable': 'The range starts beyond the end of the file. Content-Range has the file’s size.',
  'idempotency-key-reused':
    'Every new request needs a new key; an old key is only for sending the same request again.',
  'picture-damaged':
    'The picture is not built as its format says, so that its metadata cannot be told from the rest. It was not shared.',
  'file-checking': 'A scanner has not yet looked at the file. Ask again after `Retry-After` seconds.',
  'preview-not-ready': 'The preview is being made. Ask again after `Retry-After` seconds.',
  'file-empty': 'The file has no content.',
  'too-many-files': 'There are more files, or larger ones, than one message or one talk may carry.',
  'phone-refused': 'Codes are not sent to numbers of this country or kind.',
  'code-wrong': 'The code is wrong, was used, or is too old. Ask for a new one.',
  'passkey-refused':
    'The browser’s answer does not fit the challenge, this site, or a passkey of the account. Ask for a new challenge.',
  'password-refused': 'The password does not meet the requirements that the answer lists.',
  'link-unusable': 'The link has expired, was used or was withdrawn. A new one can be asked for.',
  'too-many-tries': 'Too many tries went wrong. Wait as long as Retry-After says.',
  'too-many-requests': 'Too many requests in a short time. Wait as long as Retry-After says.',
  internal: 'Something failed on our side. Trying again may help; tell us the request’s id if it does not.',
  unavailable: 'The service cannot answer at the moment. Wait as long as Retry-After says.',
  'quota-reached':
    'The files of the talk, of the case, or of one person within 24 hours have used up their room; `quota` says which, `detail` how to make room.',
  'storage-full': 'The disk that keeps the files is full. Whoever runs the service has to make room.',
};

const inText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const inAttribute = (text: string): string => inText(text).replaceAll('"', '&quot;');
