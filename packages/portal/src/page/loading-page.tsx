import { SkeletonList } from '@casetalk/ui';
import { useWords } from '../language/use-words.ts';

/** A whole screen that is on its way. */
export function LoadingPage() {
  const words = useWords();
  return <SkeletonList label={words('page.loading')} rows={4} />;
}
