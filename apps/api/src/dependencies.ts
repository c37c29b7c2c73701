import type { Database } from './db/database.ts';
import type { KnownDevices } from './gateways/known-devices.ts';
import type { PasswordHasher } from './gateways/password-hasher.ts';
import type { PreviewMaker } from './gateways/previews/preview-maker.ts';
import type { Sealer } from './gateways/sealer.ts';
import type { Passkeys } from './gateways/passkeys.ts';
import type { Scanner } from './gateways/scanner.ts';
import type { PhoneNumbers } from './gateways/phone-numbers.ts';
import type { KeyVault } from './gateways/key-vault.ts';
import type { OpenJobQueue } from './jobs/pg-boss-queue.ts';
import type { EventHub } from './modules/events/index.ts';
import type { Settings } from './settings.ts';
import type { DataKeys } from './vault/data-keys.ts';
import type { SealedFileStore } from './vault/sealed-file-store.ts';

/** Everything from outside that the modules work with; a module's service takes the parts that it needs. */
export interface Dependencies {
  readonly settings: Settings;
  readonly db: Database;
  readonly events: EventHub;
  readonly jobs: Pick<OpenJobQueue, 'enqueue' | 'isReady'>;
  readonly sealer: Sealer;
  readonly hasher: PasswordHasher;
  readonly knownDevices: KnownDevices;
  readonly passkeys: Passkeys;
  readonly vault: Pick<KeyVault, 'knows'>;
  readonly dataKeys: DataKeys;
  readonly fileStore: SealedFileStore;
  readonly previewMaker: PreviewMaker;
  /** Undefined where nothing looks for malware. */
  readonly scanner: Scanner | undefined;
  readonly phoneNumbers: PhoneNumbers;
}
