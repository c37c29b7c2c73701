export { deliveryRepository } from './deliveries.repository.ts';
export { readMailEvent } from './deliveries.rules.ts';
export { handOver } from './hand-over.ts';
