import { describe, expect, it } from 'vitest';
import { readersAt } from './live-readers.ts';

const until = '2026-11-22T18:30:00.000Z';
const doctor = { id: 'a', name: 'Dr Grace Chen', role: 'clinician' } as const;
const patient = { id: 'b', name: 'Ana Ruiz', role: 'patient' } as const;
const administrator = { id: 'c', name: 'Paul Whitaker', role: 'administrator', until } as const;
const people = [doctor, patient, administrator];

describe('who can read a talk', () => {
  it('is also who has an emergency access, until the moment it ends', () => {
    expect(readersAt(people, Date.parse(until) - 1)).toEqual(people);
  });

  it('is its two people again from that moment on', () => {
    expect(readersAt(people, Date.parse(until))).toEqual([doctor, patient]);
  });
});
