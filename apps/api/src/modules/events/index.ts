export { createEventHub, type EventHub, type Hearing } from './event-hub.ts';
export { eventRoutes } from './events.routes.ts';
