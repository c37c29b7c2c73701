import { LoadingPage, TermsText, termsQuery, TryAgain, useLanguage, useWords } from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { useQuery } from '@tanstack/react-query';

/** The present terms, for everybody. */
export function TermsScreen() {
  const words = useWords();
  const { data, error, refetch } = useQuery(termsQuery(useLanguage()));
  return (
    <>
      <PageTitle title={words('terms.title')} service={words('page.service')} />
      {data ? (
        <TermsText terms={data} />
      ) : error ? (
        <TryAgain title={words('terms.failed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingPage />
      )}
    </>
  );
}
