export { NotFoundPage as NotFoundRoute } from '@casetalk/portal';
