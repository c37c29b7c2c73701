interface Chunk {
  readonly type: string;
  readonly imports?: readonly string[];
}

/** The files of a circle of static imports, or undefined. */
function circleIn(bundle: Readonly<Record<string, Chunk>>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of bundle[file]?.imports ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of Object.keys(bundle)) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

/**
 * A Vite plugin: refuses a bundle whose files import each other in a circle. One of them would run before what it needs
 * is there, and the portal would stay blank; how modules are grouped into files decides, and one more route may tip it.
 */
export function noCircularChunks() {
  return {
    name: 'casetalk:no-circular-chunks',
    generateBundle(_options: unknown, bundle: Readonly<Record<string, Chunk>>): void {
      const circle = circleIn(bundle);
      if (!circle) return;
      throw new Error(
        `These files would import each other in a circle: ${circle.join(' → ')}. Put the new route into the file of another one, or change the groups in vite.config.ts.`,
      );
    },
  };
}
