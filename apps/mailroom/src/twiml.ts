import { SaxesParser } from 'saxes';
import type { SpokenLine } from './messages.ts';

/** What a person hears who answers a call with this TwiML and presses nothing. */
export interface Script {
  words: string;
  lines: SpokenLine[];
  gather: { numDigits: number | null; action: string | null } | null;
}

/** Thrown when the TwiML is not well-formed or does not begin with Response. */
export class TwimlError extends Error {}

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

const MAX_LINES = 500;
const MAX_REPEATS = 20;

/** Reads TwiML as a caller hears it. @throws {TwimlError} When it is not TwiML. */
export function readTwiml(twiml: string): Script {
  const root = parse(twiml);
  if (root.name !== 'Response') throw new TwimlError('The document must begin with Response.');
  const lines: SpokenLine[] = [];
  const gathers: Element[] = [];
  perform(root, lines, gathers);
  const gather = gathers[0]?.attributes;
  return {
    lines,
    words: lines.flatMap((line) => (line.kind === 'words' ? [line.text] : [])).join(' '),
    gather:
      gather === undefined
        ? null
        : { numDigits: wholeNumber(gather['numDigits']), action: gather['action'] ?? null },
  };
}

/** Performs the verbs in order. @returns False when the call ends here. */
function perform(parent: Element, lines: SpokenLine[], gathers: Element[]): boolean {
  for (const verb of parent.children) {
    if (typeof verb === 'string') continue;
    switch (verb.name) {
      case 'Say':
        say(verb, lines);
        break;
      case 'Pause':
        add(lines, { kind: 'pause', seconds: wholeNumber(verb.attributes['length']) ?? 1 });
        break;
      case 'Gather':
        // Nobody pressed anything: the call goes on with what follows.
        gathers.push(verb);
        perform(verb, lines, gathers);
        break;
      // Elsewhere is another document, and an empty address is this one again from its start.
      case 'Redirect':
      case 'Hangup':
      case 'Reject':
        return false;
      default:
        break;
    }
  }
  return true;
}

function say(verb: Element, lines: SpokenLine[]): void {
  const text = textOf(verb).replaceAll(/\s+/g, ' ').trim();
  if (text === '') return;
  const loop = wholeNumber(verb.attributes['loop']) ?? 1;
  // In TwiML, 0 means "for as long as the call lasts".
  const times = loop === 0 ? MAX_REPEATS : Math.min(loop, MAX_REPEATS);
  for (let time = 0; time < times; time += 1) {
    add(lines, { kind: 'words', text, language: verb.attributes['language'] ?? 'en-US' });
  }
}

function add(lines: SpokenLine[], line: SpokenLine): void {
  if (lines.length < MAX_LINES) lines.push(line);
}

function textOf(element: Element): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      return child.name === 'break' ? ' ' : textOf(child);
    })
    .join('');
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : null;
}

function parse(xml: string): Element {
  const document: Element = { name: '', attributes: {}, children: [] };
  const open = [document];
  const parser = new SaxesParser();
  const write = (text: string) => open.at(-1)?.children.push(text);
  parser.on('error', (error) => {
    throw new TwimlError(error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', write);
  parser.on('cdata', write);
  parser.write(xml).close();
  const root = document.children.find((child) => typeof child !== 'string');
  if (root === undefined) throw new TwimlError('The document is empty.');
  return root;
}
