export { type Cargo, deliveryRepository, type Moved } from './deliveries.repository.ts';
export { type MailReport, readMailEvent } from './deliveries.rules.ts';
export { handOver } from './hand-over.ts';
