import { PageTitle } from '@casetalk/ui';
import { Link } from 'react-router';
import { useWords } from '../language/use-words.ts';

/** Nothing stands at this address. */
export function NotFoundPage() {
  const words = useWords();
  return (
    <>
      <PageTitle
        title={words('page.notFound.title')}
        service={words('page.service')}
        lead={words('page.notFound.text')}
      />
      <p>
        <Link to="/">{words('page.notFound.home')}</Link>
      </p>
    </>
  );
}
