export { leaveSchemasOut } from './leave-schemas-out.ts';
export { noCircularChunks } from './no-circular-chunks.ts';
