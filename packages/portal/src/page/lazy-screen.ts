import type { ComponentType } from 'react';

const reloadedKey = 'casetalk-reloaded-for';

/**
 * A route's `lazy`: loads a screen's own file when it is first shown. When the file is gone because a newer version was
 * put in place, the page is loaded once again and so gets the new one.
 *
 * @param load imports the file.
 * @param name the exported component.
 */
export function lazyScreen<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): () => Promise<{ Component: ComponentType }> {
  return async () => {
    try {
      return { Component: (await load())[name] };
    } catch (error) {
      if (sessionStorage.getItem(reloadedKey) === location.href) throw error;
      sessionStorage.setItem(reloadedKey, location.href);
      location.reload();
      return new Promise(() => undefined);
    }
  };
}
