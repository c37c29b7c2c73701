export { createEventHub, type EventHub } from './event-hub.ts';
export { eventRoutes } from './events.routes.ts';
