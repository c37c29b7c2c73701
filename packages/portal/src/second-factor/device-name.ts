import type { SharedWords } from '../language/use-words.ts';

/** Names as browsers put them into their user agent, the more particular ones first. */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const found = (list: typeof browsers, agent: string): string | undefined =>
  list.find(([mark]) => mark.test(agent))?.[1];

/** A name for this device that its owner would know again: "Safari on iPhone". */
export function deviceName(words: SharedWords, agent = navigator.userAgent): string {
  const browser = found(browsers, agent);
  const system = found(systems, agent);
  if (browser === undefined || system === undefined) return browser ?? system ?? words('device.this');
  return words('device.on', { browser, system });
}
