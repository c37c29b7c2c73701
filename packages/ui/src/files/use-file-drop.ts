import { useEffect, useEffectEvent, useState } from 'react';

const carriesFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') ?? false;

/**
 * Takes files that are dropped anywhere on the page, or pasted. A file dropped beside the target would
 * otherwise replace the whole page.
 *
 * @returns whether files are being dragged over the page right now; Escape ends that.
 */
export const useFileDrop = (onFiles: (files: readonly File[]) => void, enabled: boolean): boolean => {
  const [over, setOver] = useState(false);
  const take = useEffectEvent((transfer: DataTransfer | null) => {
    const files = [...(transfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });

  useEffect(() => {
    if (!enabled) return undefined;
    const listening = new AbortController();
    const listen = <Name extends keyof WindowEventMap>(
      name: Name,
      react: (event: WindowEventMap[Name]) => void,
    ) => window.addEventListener(name, react, { signal: listening.signal });

    // Entering a child is leaving its parent: only leaving the outermost one ends it.
    let depth = 0;
    const end = () => {
      depth = 0;
      setOver(false);
    };
    listen('dragenter', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    });
    listen('dragover', (event) => {
      if (!carriesFiles(event.dataTransfer) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    });
    listen('dragleave', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth -= 1;
      if (depth <= 0) end();
    });
    listen('drop', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      end();
      take(event.dataTransfer);
    });
    listen('keydown', (event) => {
      if (event.key === 'Escape') end();
    });
    listen('paste', (event) => {
      if ((event.clipboardData?.files.length ?? 0) === 0) return;
      event.preventDefault();
      take(event.clipboardData);
    });
    return () => {
      listening.abort();
      end();
    };
  }, [enabled]);

  return over;
};
