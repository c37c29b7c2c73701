import { describe, expect, it } from 'vitest';
import { cleanFileName, withEnding } from './file-name.rules.ts';

describe('a file’s name', () => {
  it.each([
    ['knee.jpg', 'knee.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute/scan.pdf', 'scan.pdf'],
    ['C:\\Users\\ana\\scan.pdf', 'scan.pdf'],
    ['a\u0000b.png', 'ab.png'],
    ['a\r\nSet-Cookie: x=1.png', 'aSet-Cookie: x=1.png'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['\u2066photo\u2069.jpg', 'photo.jpg'],
    ['zero\u200Bwidth\uFEFF.txt', 'zerowidth.txt'],
    ['  many   spaces  .txt ', 'many spaces .txt'],
    ['cafe\u0301.pdf', 'caf\u00E9.pdf'],
    ['レントゲン.png', 'レントゲン.png'],
    ['family 👩‍⚕️.jpg', 'family 👩‍⚕️.jpg'],
    ['half \uD83D.jpg', 'half .jpg'],
    ['"quoted" & <b>.txt', '"quoted" & <b>.txt'],
    ['.htaccess', '.htaccess'],
    ['', 'file'],
    ['...', 'file'],
    ['folder/', 'file'],
    ['\u202E', 'file'],
  ])('%j becomes %j', (given, cleaned) => {
    expect(cleanFileName(given)).toBe(cleaned);
  });

  it('is cut to 255 code units, keeps its ending, and never splits a character', () => {
    const long = cleanFileName(`${'x'.repeat(4096)}.jpeg`);
    expect(long).toHaveLength(255);
    expect(long.endsWith('x.jpeg')).toBe(true);
    const faces = cleanFileName(`${'😀'.repeat(400)}.png`);
    expect(faces.length).toBeLessThanOrEqual(255);
    expect(faces.isWellFormed()).toBe(true);
    expect(faces.endsWith('.png')).toBe(true);
  });

  it('gets the ending of its content when it has none', () => {
    expect(withEnding('IM00001', 'dcm')).toBe('IM00001.dcm');
    expect(withEnding('scan.pdf', 'pdf')).toBe('scan.pdf');
    expect(withEnding('y'.repeat(255), 'dcm')).toHaveLength(255);
  });
});
