export { type Cargo, deliveryRepository, type Moved } from './deliveries.repository.ts';
export { handOver } from './hand-over.ts';
