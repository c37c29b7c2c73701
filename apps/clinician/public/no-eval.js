// The content security policy forbids code made from text; zod is told beforehand, so that it does not even try.
// The name is zod's own.
// oxlint-disable-next-line no-underscore-dangle
globalThis.__zod_globalConfig = { jitless: true };
