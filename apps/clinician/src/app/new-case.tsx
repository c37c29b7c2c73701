import { NewCaseScreen } from '../features/cases/new-case-screen.tsx';

export function NewCase() {
  return <NewCaseScreen />;
}
