/** The cookies of the browsers in which programs registered patients: there nobody is asked for a second factor. */
const browsers = new Map<string, ReadonlyMap<string, string>>();

/** Remembers the browser in which a patient registered. */
export function rememberBrowser(email: string, cookies: ReadonlyMap<string, string>): void {
  browsers.set(email, cookies);
}

/** A copy of the cookies of that browser; none for who never registered in one. */
export const cookiesOfBrowser = (email: string): Map<string, string> => new Map(browsers.get(email));
