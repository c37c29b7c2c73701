import { useEffect, useState } from 'react';

interface Made {
  readonly blob: Blob;
  readonly url: string;
}

/** An address under which the page can draw a blob, for as long as it is shown. */
export function useBlobUrl(blob: Blob | null | undefined): string | undefined {
  const [made, setMade] = useState<Made>();
  useEffect(() => {
    if (!blob) return undefined;
    const url = URL.createObjectURL(blob);
    // The address belongs to the browser: it is made and given back here, not while drawing.
    // oxlint-disable-next-line react/set-state-in-effect
    setMade({ blob, url });
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return made && made.blob === blob ? made.url : undefined;
}
