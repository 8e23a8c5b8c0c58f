import type {
  ColumnReport,
  ColumnShape,
  ConstrainedModel,
  ConstrainedReport,
  DpTreeModel,
  FairModel,
  StoredConstraint,
} from '../generators/index.ts';
import type { Model } from '../types.ts';
import type { PoolRule } from './pool-rare-levels.ts';

/** What the pipeline reads off a model; of a caller's own generator it may be nothing. */
export interface ModelFacts {
  /** What the fit pooled, replaced or gave up; null when the model does not tell. */
  readonly fit: ColumnReport | null;
  /** Columns of placeholders: nothing in them can be like the source. */
  readonly placeholders: readonly string[];
  /** Rules by which rare levels were pooled. */
  readonly pooled: readonly PoolRule[];
  /** Constraints that every row keeps. */
  readonly constraints: readonly StoredConstraint[];
  /** What a constrained fit found in the source; null without constraints. */
  readonly constrained: ConstrainedReport | null;
  /** Models that steer the shares of groups and labels, outermost first. */
  readonly tilts: readonly FairModel[];
  /** The differentially private model among it; null when there is none. */
  readonly privacy: DpTreeModel | null;
  /** Why no privacy can be claimed of the rows although the model is private; null when it can. */
  readonly privacyGap: string | null;
}

/** Reads what a model of any generator says of itself, wrapped ones included. */
export function factsOf(model: Model): ModelFacts {
  const layers = layersOf(model);
  const core = layers[layers.length - 1]!;
  const { report, columns } = core as Model & {
    readonly report?: ColumnReport;
    readonly columns?: readonly ColumnShape[];
  };
  const fit = report && Array.isArray(report.identifiers) && Array.isArray(report.pooled) ? report : null;
  const constrained = layers.filter((one): one is ConstrainedModel<Model> => one.kind === 'constrained');
  const privacy = core.kind === 'dp-tree' ? (core as DpTreeModel) : null;
  return {
    fit,
    placeholders: fit
      ? fit.identifiers.map(({ column }) => column)
      : (Array.isArray(columns) ? columns : []).filter(({ role }) => role === 'identifier').map(({ name }) => name),
    pooled: (fit?.pooled ?? []).map(({ column, label, below }) => ({ column, label, below })),
    constraints: constrained.flatMap((one) => one.constraints),
    constrained: constrained[0]?.report ?? null,
    tilts: layers.filter((one): one is FairModel => one.kind === 'fair'),
    privacy,
    privacyGap: privacy ? gapOf(privacy, layers) : null,
  };
}

/** A wrapped generator's model holds the inner one as `inner`. */
function layersOf(model: Model): Model[] {
  const layers = [model];
  for (;;) {
    const { inner } = layers[layers.length - 1]! as Model & { readonly inner?: Model };
    if (typeof inner?.kind !== 'string' || layers.length === 8) return layers;
    layers.push(inner);
  }
}

/** What breaks the guarantee between the private model and the rows. Rejection by declared rules is post-processing. */
function gapOf(privacy: DpTreeModel, layers: readonly Model[]): string | null {
  if (privacy.noiseSource === 'seeded-unsafe') return 'the noise can be made again from its seed';
  for (const layer of layers.slice(0, -1)) {
    if (layer.kind !== 'constrained')
      return `the rows also rest on what a model of kind "${layer.kind}" read from data`;
    const { steps, constraints } = layer as ConstrainedModel<Model>;
    if (steps.length > 0) return 'constraints changed columns by what was read from the source; use method "reject"';
    if (constraints.some((one) => one.kind === 'fixedCombinations' && one.allowed === undefined))
      return 'the allowed combinations were read from the source; declare them';
  }
  return null;
}
