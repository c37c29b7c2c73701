export * from './cases.ts';
export * from './doctor-talk.ts';
export * from './enums.ts';
export * from './files.ts';
export * from './invitations.ts';
export * from './operations.ts';
export * from './people.ts';
export * from './talks.ts';
