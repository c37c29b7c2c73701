import type { Event } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';
import { addWaitingFile } from './support/waiting-file.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let colleague: Someone;
let patient: Someone;
let caseId: string;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
  [doctor, colleague, patient] = await Promise.all([
    addClinician(api, practice, 'doctor', 'Dr Mei Chen'),
    addClinician(api, practice),
    addPatient(api),
  ]);
  caseId = await addCase(doctor, 'Ana Ruiz', colleague);
  talkId = await openTalk(doctor, caseId, patient);
});
afterAll(() => api.close());

const send = (from: Someone, text: string, more: { files?: string[]; key?: string; talk?: string } = {}) =>
  from.client.sendMessage(
    { params: { talkId: more.talk ?? talkId }, body: { text, attachmentIds: more.files ?? [] } },
    more.key ? { idempotencyKey: more.key } : {},
  );

async function rowsOf(key: string): Promise<{ messages: number; audits: number }> {
  const { rows } = await api.sql.query<{ messages: number; audits: number }>(
    `select count(distinct m.id)::int as messages, count(a.id)::int as audits
     from messages m left join audit_events a on a.resource_id = m.id and a.action = 'message.sent'
     where m.send_key = $1`,
    [key],
  );
  return rows[0] ?? { messages: 0, audits: 0 };
}

describe('a message', () => {
  test('stands in the talk for both, unread for the other one alone', async () => {
    const sent = answer(await send(patient, 'It still hurts.\nMostly at night.'));
    expect(sent).toMatchObject({ mine: true, readAt: null, sender: { kind: 'patient', id: patient.id } });
    const [newest] = answer(await doctor.client.listMessages({ params: { talkId } })).data;
    expect(newest).toEqual({ ...sent, mine: false });
    const hers = answer(await doctor.client.getTalk({ params: { talkId } }));
    expect(hers).toMatchObject({
      unread: 1,
      lastMessage: { at: sent.createdAt, mine: false, excerpt: sent.text, fileCount: 0 },
    });
    // The welcome is what he has not read.
    expect(answer(await patient.client.getTalk({ params: { talkId } })).unread).toBe(1);
  });

  test('is told to both people of the talk at once, and to nobody else', async () => {
    const streams = await Promise.all([doctor, patient, colleague].map(({ client }) => listen(client)));
    const [hers, his, others] = streams;
    const sent = answer(await send(patient, 'Can you hear me?'));
    const told = { type: 'talk.message', talkId, caseId, messageId: sent.id };
    // The notice of a message sent before may still be on its way.
    const isOfThis = (event: Event) => event.type === 'talk.message' && event.messageId === sent.id;
    expect(await hers?.heard(isOfThis)).toEqual(told);
    expect(await his?.heard(isOfThis)).toEqual(told);
    // Notices keep their order: had the talk's come to the colleague, it would stand before this one.
    answer(await doctor.client.sendDoctorTalkMessage({ params: { caseId }, body: { text: 'Any news?' } }));
    await others?.heard(({ type }) => type === 'doctorTalk.message');
    expect(others?.seen.map(({ type }) => type)).toEqual(['doctorTalk.message']);
    for (const stream of streams) stream.close();
  });

  test('sent twenty times at once with one key is one message with one audit event', async () => {
    const key = crypto.randomUUID();
    const before = answer(await doctor.client.getTalk({ params: { talkId } })).unread;
    const results = await Promise.all(Array.from({ length: 20 }, () => send(patient, 'Once only', { key })));
    const ids = new Set(results.map((result) => answer(result).id));
    expect(ids.size).toBe(1);
    expect(await rowsOf(key)).toEqual({ messages: 1, audits: 1 });
    expect(answer(await doctor.client.getTalk({ params: { talkId } })).unread).toBe(before + 1);
  });

  test('is refused when its key has sent other words or other files', async () => {
    const key = crypto.randomUUID();
    answer(await send(doctor, 'Come on Monday', { key }));
    expect(outcome(await send(doctor, 'Come on Tuesday', { key }))).toBe('idempotency-key-reused');
    const file = await addWaitingFile(api, talkId, 'clinician');
    expect(outcome(await send(doctor, 'Come on Monday', { key, files: [file] }))).toBe(
      'idempotency-key-reused',
    );
    expect(await rowsOf(key)).toEqual({ messages: 1, audits: 1 });
  });

  test('keeps its text to the letter', async () => {
    const text = `  “Ça va?” \u{1F44B}\n\t<b>not bold</b> ' or 1=1 -- \\ %s $1  `;
    expect(answer(await send(doctor, text)).text).toBe(text);
    expect(answer(await patient.client.listMessages({ params: { talkId } })).data[0]?.text).toBe(text);
  });

  test('needs words or a file', async () => {
    expect(outcome(await send(doctor, '  \n '))).toBe('invalid-request');
  });

  test('is refused in a closed case, which can still be read', async () => {
    const closing = await addCase(doctor);
    const talk = await openTalk(doctor, closing, patient);
    const key = crypto.randomUUID();
    const sent = answer(await send(patient, 'Before', { talk, key }));
    answer(
      await doctor.client.updateCase(
        { params: { caseId: closing }, body: { status: 'closed' } },
        { ifMatch: 1 },
      ),
    );
    expect(outcome(await send(patient, 'After', { talk }))).toBe('state-conflict');
    expect(outcome(await send(doctor, 'After', { talk }))).toBe('state-conflict');
    expect(answer(await patient.client.getTalk({ params: { talkId: talk } })).abilities.send).toBe(false);
    expect(answer(await patient.client.listMessages({ params: { talkId: talk } })).data[0]?.id).toBe(sent.id);
    // What was acknowledged stays acknowledged.
    expect(answer(await send(patient, 'Before', { talk, key })).id).toBe(sent.id);
  });
});

describe('files of a message', () => {
  test('go with it in the order in which they were named', async () => {
    const files = [
      await addWaitingFile(api, talkId, 'patient'),
      await addWaitingFile(api, talkId, 'patient'),
      await addWaitingFile(api, talkId, 'patient'),
    ].toReversed();
    const key = crypto.randomUUID();
    const sent = answer(await send(patient, '', { files, key }));
    expect(sent.attachments.map(({ id }) => id)).toEqual(files);
    const [newest] = answer(await doctor.client.listMessages({ params: { talkId } })).data;
    expect(newest?.attachments.map(({ id, messageId }) => [id, messageId])).toEqual(
      files.map((id) => [id, sent.id]),
    );
    expect(answer(await doctor.client.getTalk({ params: { talkId } })).lastMessage?.fileCount).toBe(3);
    expect(answer(await send(patient, '', { files, key }))).toEqual(sent);
  });

  test('of another talk, of the other side or sent already are not there, and nothing is written', async () => {
    const otherTalk = await openTalk(colleague, caseId, patient);
    const sentFile = await addWaitingFile(api, talkId, 'patient');
    answer(await send(patient, '', { files: [sentFile] }));
    const mine = await addWaitingFile(api, talkId, 'patient');
    const wrong = {
      otherTalk: await addWaitingFile(api, otherTalk, 'patient'),
      otherSide: await addWaitingFile(api, talkId, 'clinician'),
      sent: sentFile,
      unknown: crypto.randomUUID(),
    };
    for (const file of Object.values(wrong)) {
      const key = crypto.randomUUID();
      expect(outcome(await send(patient, 'With it', { files: [mine, file], key }))).toBe('not-found');
      expect(await rowsOf(key)).toEqual({ messages: 0, audits: 0 });
    }
    const { rows } = await api.sql.query(
      'select id from attachments where message_id is null and id = any($1)',
      [[mine, wrong.otherTalk, wrong.otherSide]],
    );
    expect(rows).toHaveLength(3);
    // The one that was named beside them can still be sent.
    expect(outcome(await send(patient, '', { files: [mine] }))).toBe('ok');
  });

  test('wanted by several messages at once go with exactly one', async () => {
    for (let round = 0; round < 8; round += 1) {
      const file = await addWaitingFile(api, talkId, 'patient');
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, index) => send(patient, `Try ${index}`, { files: [file] })),
      );
      expect(results.map(outcome).toSorted()).toEqual([...Array<string>(5).fill('not-found'), 'ok']);
      const winner = results.find(({ ok }) => ok);
      const { rows } = await api.sql.query('select message_id as id from attachments where id = $1', [file]);
      expect(winner).toMatchObject({ data: { id: rows[0]?.id } });
    }
  });

  test('that are too large together are refused together', async () => {
    const size = 450_000_000;
    const files = await Promise.all(
      Array.from({ length: 5 }, () => addWaitingFile(api, talkId, 'patient', size)),
    );
    expect(outcome(await send(patient, '', { files }))).toBe('too-many-files');
    expect(outcome(await send(patient, '', { files: files.slice(0, 4) }))).toBe('ok');
  });
});

describe('many messages', () => {
  test('come page by page, each once, the newest first', async () => {
    const talk = await openTalk(doctor, await addCase(doctor), patient);
    for (let number = 1; number <= 7; number += 1) answer(await send(patient, `${number}`, { talk }));
    const texts: string[] = [];
    let cursor: string | undefined;
    do {
      const page = answer(
        await doctor.client.listMessages({
          params: { talkId: talk },
          query: { limit: 3, ...(cursor ? { cursor } : {}) },
        }),
      );
      texts.push(...page.data.map(({ text }) => text));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(texts).toEqual(['7', '6', '5', '4', '3', '2', '1', 'Welcome to our practice.']);
  });

  test.each([
    '',
    'nonsense',
    Buffer.from('["now","x"]').toString('base64url'),
    Buffer.from(`["2026-99-99T00:00:00.000000Z","${crypto.randomUUID()}"]`).toString('base64url'),
  ])('a made-up cursor is refused: %j', async (cursor) => {
    const page = await doctor.client.listMessages({ params: { talkId }, query: { cursor } });
    expect(outcome(page)).toBe('invalid-request');
  });

  test('sent while somebody reads are counted exactly', async () => {
    const talk = await openTalk(doctor, await addCase(doctor), patient);
    let last = answer(await send(patient, 'First', { talk }));
    for (let round = 0; round < 25; round += 1) {
      const [next, marked] = await Promise.all([
        send(patient, `${round}`, { talk }),
        doctor.client.markTalkRead({ params: { talkId: talk }, body: { messageId: last.id } }),
      ]);
      answer(marked);
      last = answer(next);
      expect(answer(await doctor.client.getTalk({ params: { talkId: talk } })).unread).toBe(1);
    }
  });

  test('sent at once follow each other in time', async () => {
    const talk = await openTalk(doctor, await addCase(doctor), patient);
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => answer(await send(patient, `${index}`, { talk }))),
    );
    const { rows } = await api.sql.query<{ runs: boolean }>(
      `select bool_and(created_at > before) as runs from
        (select created_at, lag(created_at) over (order by created_at, id) as before from messages where talk_id = $1) m`,
      [talk],
    );
    expect(rows).toEqual([{ runs: true }]);
  });
});
