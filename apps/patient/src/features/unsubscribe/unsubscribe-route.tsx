import { UnsubscribeScreen } from '@casetalk/portal';

export const UnsubscribeRoute = () => <UnsubscribeScreen />;
