import { gzipSync } from 'node:zlib';
import { zipOf } from './zip.ts';

/** A type of file that some program runs when it is opened, by its usual ending and media type. */
export interface ActiveType {
  readonly ending: string;
  readonly type: string;
  readonly content: Buffer;
}

const active = (ending: string, type: string, content: Buffer | string): ActiveType => ({
  ending,
  type,
  content: Buffer.from(content as string),
});

const alert = 'alert(document.cookie)';
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${alert}"><script>${alert}</script></svg>`;
const html = `<!doctype html><title>x</title><script>${alert}</script><img src=x onerror=${alert}>`;
const office = (...names: string[]): Buffer =>
  zipOf(
    ...['[Content_Types].xml', '_rels/.rels', ...names].map((name) => ({
      name,
      content: Buffer.from('<x/>'),
    })),
  );

/** Twenty-five types that are active in a browser or on a desktop. */
export const activeTypes: readonly ActiveType[] = [
  active('svg', 'image/svg+xml', svg),
  active('svgz', 'image/svg+xml', gzipSync(svg)),
  active('html', 'text/html', html),
  active('htm', 'text/html', `\uFEFF${html}`),
  active(
    'xhtml',
    'application/xhtml+xml',
    `<html xmlns="http://www.w3.org/1999/xhtml"><script>${alert}</script></html>`,
  ),
  active('mhtml', 'multipart/related', `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${html}`),
  active(
    'xml',
    'text/xml',
    `<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">${alert}</x:script>`,
  ),
  active(
    'xsl',
    'text/xsl',
    '<?xml version="1.0"?><xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>',
  ),
  active('js', 'text/javascript', `${alert};`),
  active('mjs', 'text/javascript', `export default ${alert};`),
  active('css', 'text/css', '@import "http://127.0.0.1:9/x.css"; body{background:url(http://127.0.0.1:9/x)}'),
  active('swf', 'application/x-shockwave-flash', Buffer.from('FWS\x0a\x40\x00\x00\x00', 'latin1')),
  active('hta', 'application/hta', `<hta:application/><script>${alert}</script>`),
  active('vbs', 'text/vbscript', 'MsgBox "x"'),
  active('bat', 'application/x-bat', '@echo off\r\nstart calc\r\n'),
  active('ps1', 'text/plain', 'Start-Process calc'),
  active('sh', 'application/x-sh', '#!/bin/sh\nid\n'),
  active(
    'exe',
    'application/x-msdownload',
    Buffer.concat([Buffer.from('MZ\x90\x00', 'latin1'), Buffer.alloc(300)]),
  ),
  active(
    'elf',
    'application/x-executable',
    Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(300)]),
  ),
  active('jar', 'application/java-archive', office('META-INF/MANIFEST.MF', 'Main.class')),
  active(
    'docm',
    'application/vnd.ms-word.document.macroEnabled.12',
    office('word/document.xml', 'word/vbaProject.bin'),
  ),
  active(
    'xlsm',
    'application/vnd.ms-excel.sheet.macroEnabled.12',
    office('xl/workbook.xml', 'xl/vbaProject.bin'),
  ),
  active(
    'lnk',
    'application/x-ms-shortcut',
    Buffer.concat([Buffer.from('L\x00\x00\x00\x01\x14\x02\x00', 'latin1'), Buffer.alloc(100)]),
  ),
  active('wasm', 'application/wasm', Buffer.from('\x00asm\x01\x00\x00\x00', 'latin1')),
  active('php', 'application/x-php', '<?php system($_GET["c"]); ?>'),
];

/** Four ways in which the same bytes come along: as what they are, as a picture, as a text, and without an ending. */
export const lies: readonly {
  readonly name: (type: ActiveType) => string;
  readonly type: (type: ActiveType) => string;
}[] = [
  { name: ({ ending }) => `file.${ending}`, type: ({ type }) => type },
  { name: ({ ending }) => `file.${ending}.png`, type: () => 'image/png' },
  { name: ({ ending }) => `${ending} notes.txt`, type: () => 'text/plain' },
  { name: ({ ending }) => `file ${ending}`, type: ({ type }) => type },
];
