import { describe, expect, it } from 'vitest';
import { caseIdIn } from './case-address.ts';

const id = '019abc12-3456-7890-abcd-ef0123456789';

describe('the case in what an administrator pastes', () => {
  it.each([
    id,
    ` ${id.toUpperCase()} `,
    `https://clinic.example.com/cases/${id}`,
    `https://clinic.example.com/cases/${id}/patient-talk?x=1`,
    `/cases/${id}#members`,
  ])('is found in “%s”', (text) => {
    expect(caseIdIn(text)).toBe(id);
  });

  it.each([
    '',
    'Ana Ruiz',
    `https://clinic.example.com/cases/${id}0`,
    `https://clinic.example.com/talks/${id}`,
    `https://clinic.example.com/cases/new`,
  ])('is not found in “%s”', (text) => {
    expect(caseIdIn(text)).toBeNull();
  });
});
