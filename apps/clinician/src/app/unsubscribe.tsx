import { UnsubscribeScreen } from '@casetalk/portal';

export const Unsubscribe = () => <UnsubscribeScreen />;
