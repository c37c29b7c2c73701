import { posix, relative, sep } from 'node:path';
import { refusalOf } from './imports.ts';

/** The few shapes of the syntax tree (ESTree) that the rules look at. */
interface Node {
  readonly type: string;
}
interface Identifier extends Node {
  readonly name: string;
}
interface ImportLike extends Node {
  readonly source: { readonly type: string; readonly value?: unknown } | null;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly specifiers?: readonly {
    readonly importKind?: string;
    readonly exportKind?: string;
    readonly imported?: Node;
  }[];
}
interface Member extends Node {
  readonly object: Node;
  readonly property: Node;
  readonly computed: boolean;
}
interface Pattern extends Node {
  readonly properties?: readonly { readonly key?: Node }[];
}
interface Declarator extends Node {
  readonly id: Pattern;
  readonly init: Node | null;
}
interface Call extends Node {
  readonly callee: Node;
}
interface RuleContext {
  readonly filename: string;
  readonly cwd: string;
  report(problem: { message: string; node: Node }): void;
}

const pathFromRoot = ({ cwd, filename }: RuleContext): string => relative(cwd, filename).split(sep).join('/');

const nameOf = (node: Node): string | undefined =>
  node.type === 'Identifier' ? (node as Identifier).name : undefined;

/** `object.property` in dots, for plain members of a plain name. */
function dotted(node: Member): string | undefined {
  const [object, property] = [nameOf(node.object), nameOf(node.property)];
  return object === undefined || property === undefined || node.computed
    ? undefined
    : `${object}.${property}`;
}

function isTypeOnly(node: ImportLike): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const named = node.specifiers ?? [];
  return named.length > 0 && named.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

const imports = {
  create(context: RuleContext) {
    const from = pathFromRoot(context);
    const check = (node: ImportLike): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
      const message = refusalOf({ from, target, typeOnly: isTypeOnly(node) });
      if (message !== undefined) context.report({ message, node });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** True for `{ env }`, whatever else is taken out with it. */
function takesEnv(pattern: Pattern): boolean {
  return (pattern.properties ?? []).some(({ key }) => key !== undefined && nameOf(key) === 'env');
}

const environment = {
  create(context: RuleContext) {
    const from = pathFromRoot(context);
    if (/(?:^|\/)settings\.ts$|\.config\.ts$/.test(from)) return {};
    const refuse = (node: Node): void =>
      context.report({
        message: 'Only settings.ts reads process.env: everything else is given its settings.',
        node,
      });
    return {
      MemberExpression(node: Member) {
        if (dotted(node) === 'process.env') refuse(node);
      },
      VariableDeclarator(node: Declarator) {
        if (node.init !== null && nameOf(node.init) === 'process' && takesEnv(node.id)) refuse(node);
      },
      ImportDeclaration(node: ImportLike) {
        const isProcess = /^(?:node:)?process$/.test(String(node.source?.value));
        if (isProcess && node.specifiers?.some(({ imported }) => imported && nameOf(imported) === 'env'))
          refuse(node);
      },
    };
  },
};

const rawSql = {
  create(context: RuleContext) {
    if (!pathFromRoot(context).startsWith('apps/api/')) return {};
    return {
      MemberExpression(node: Member) {
        if (dotted(node) !== 'sql.raw') return;
        context.report({ message: 'sql.raw trusts its text: pass values as parameters of sql``.', node });
      },
    };
  },
};

const NETWORK = new Set(['fetch', 'EventSource', 'XMLHttpRequest', 'WebSocket']);

const network = {
  create(context: RuleContext) {
    if (!/^(?:apps\/(?:clinician|patient)|packages\/(?:portal|ui))\//.test(pathFromRoot(context))) return {};
    const check = (node: Call): void => {
      const { callee } = node;
      const direct = nameOf(callee);
      const onGlobal =
        callee.type === 'MemberExpression'
          ? /^(?:window|globalThis|self)\.(\w+)$/.exec(dotted(callee as Member) ?? '')?.[1]
          : undefined;
      if (!NETWORK.has(direct ?? onGlobal ?? '')) return;
      context.report({
        message:
          'A portal reaches the API through @casetalk/client alone: one place for sessions and errors.',
        node,
      });
    };
    return { CallExpression: check, NewExpression: check };
  },
};

/** The house's own lint rules; `.oxlintrc.json` turns them on under the name `casetalk/…`. */
export default {
  meta: { name: 'casetalk' },
  rules: { imports, environment, 'raw-sql': rawSql, network },
};
