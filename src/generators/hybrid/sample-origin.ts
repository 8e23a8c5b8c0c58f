import type { Model } from '../../types.ts';
import type { RowOrigin } from './with-origin.ts';

/**
 * Where the rows of a model's samples come from: `partial` when the model keeps columns (a fit with `synthesize`), `synthetic`
 * otherwise. Looks through wrappers, such as constraints.
 *
 * The columns of a fair target are kept, but hold made-up cells: a model of {@link fairGenerator} is `synthetic`.
 *
 * @param model - A fitted model of any generator.
 * @returns The origin of every row, for {@link withOrigin}.
 * @example
 * const source = fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] });
 * const model = fitCart(source, { minLeaf: 1, rareLevelMin: 0, synthesize: ['pay'] });
 * sampleOrigin(model); // => 'partial'
 */
export function sampleOrigin(model: Model): RowOrigin {
  const parts = model as Model & { readonly columns?: unknown; readonly inner?: unknown };
  if (model.kind === 'fair') return 'synthetic';
  if (model.kind === 'constrained') return sampleOrigin(parts.inner as Model);
  const columns = Array.isArray(parts.columns) ? (parts.columns as readonly { readonly role?: unknown }[]) : [];
  return columns.some((column) => column.role === 'kept') ? 'partial' : 'synthetic';
}
