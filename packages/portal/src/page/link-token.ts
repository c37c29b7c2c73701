let taken: { readonly path: string; readonly token: string } | undefined;
let askedAt: string | undefined;

/** A newer link opened in the same tab changes nothing but the fragment: the page has to begin again with it. */
function beginAgain(): void {
  if (location.pathname === askedAt && location.hash !== '') location.reload();
}

/**
 * Takes the secret of an emailed link out of the address: out of the fragment, which no server ever sees, and at once out
 * of the address bar and the history. Asked again at the same address it answers the same, for as long as the page lives.
 * Answers null when there is none, and a damaged secret as it is.
 */
export function takeLinkToken(): string | null {
  const token = location.hash.slice(1);
  const path = location.pathname;
  askedAt = path;
  addEventListener('hashchange', beginAgain);
  if (token !== '') {
    history.replaceState(history.state, '', `${path}${location.search}`);
    taken = { path, token };
  }
  return taken?.path === path ? taken.token : null;
}
