import ts from 'typescript';

/** TypeScript to JavaScript by removing the types; top-level await stays. */
export function stripTypeScriptTypes(code: string): string {
  const result = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: false },
  });
  const problem = result.diagnostics?.[0];
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  return result.outputText.replace(/^export \{\};\s*$/m, '');
}
