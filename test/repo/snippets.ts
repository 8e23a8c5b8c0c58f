import { stripTypeScriptTypes } from './strip-types.ts';

/** A snippet of a document or docstring that must run. */
export interface Snippet {
  /** Where it stands, for the message of a failure. */
  readonly where: string;
  /** TypeScript. */
  readonly code: string;
}

/** The `@example` blocks of a source file. */
export function examplesOf(path: string, text: string): Snippet[] {
  const found: Snippet[] = [];
  for (const block of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const after = text
      .slice(block.index + block[0].length)
      .match(/\s*export (?:async )?(?:function\*?|const|class|interface|type)\s+(\w+)/);
    const lines = block[0].split('\n').map((line) => line.replace(/^\s*\*\/?\s?/, ''));
    let example: string[] | null = null;
    const close = (): void => {
      if (example?.join('').trim())
        found.push({
          where: `${path} ${after?.[1] ?? ''}`,
          code: example.filter((line) => !line.startsWith('```')).join('\n'),
        });
      example = null;
    };
    for (const line of lines) {
      if (/^@example\b/.test(line)) {
        close();
        example = [line.replace(/^@example\s*/, '')];
      } else if (/^@\w+/.test(line)) close();
      else if (example) example.push(line);
    }
    close();
  }
  return found;
}

/** The ```ts blocks of a Markdown file; a block opened with ```ts no-run is shown only. */
export function blocksOf(path: string, text: string): Snippet[] {
  return [...text.matchAll(/^```ts[ \t]*\n([\s\S]*?)^```/gm)].map((match, index) => ({
    where: `${path} block ${index + 1}`,
    code: match[1]!,
  }));
}

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

/**
 * Runs a snippet with names in scope. `expression; // => value` is checked with `check`; imports from 'synthproof/...'
 * go through `load`.
 */
export async function runSnippet(
  snippet: Snippet,
  scope: Readonly<Record<string, unknown>>,
  load: (specifier: string) => Promise<unknown>,
  check: (actual: unknown, expected: unknown, line: string) => void,
): Promise<void> {
  const lines = snippet.code
    .replace(/import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'([^']+)';?/g, (match, names: string, from: string) =>
      /import\s+type/.test(match)
        ? ''
        : `const {${names.replace(/\btype\s+\w+,?/g, '').replace(/\s+as\s+/g, ': ')}} = await __load('${from}');`,
    )
    .replace(/import\s+\*\s+as\s+(\w+)\s+from\s+'([^']+)';?/g, "const $1 = await __load('$2');")
    .split('\n')
    .map((line) => {
      const match = line.match(/^(\s*)(.*?);?\s*\/\/ => (.*)$/);
      if (!match) return line;
      const [, indent, statement, expected] = match;
      const declared = statement!.match(/^(?:const|let)\s+(\w+)[^=]*=/);
      const text = JSON.stringify(line.trim());
      return declared
        ? `${indent}${statement}; __check(${declared[1]}, (${expected}), ${text});`
        : `${indent}__check((${statement}), (${expected}), ${text});`;
    });
  const code = stripTypeScriptTypes(lines.join('\n'));
  const names = Object.keys(scope).filter(
    (name) =>
      !new RegExp(`\\b(?:const|let|function|class)\\s+${name}\\b|const \\{[^}]*\\b${name}\\b[^}]*\\} =`).test(code),
  );
  const run = new AsyncFunction('__load', '__check', ...names, code);
  await run(load, check, ...names.map((name) => scope[name]));
}
