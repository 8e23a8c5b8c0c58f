import type { Information } from './internal-information.ts';

/** One step of a network: a variable and its parents, the more informative first. */
export interface NetworkStep {
  readonly child: number;
  readonly parents: readonly number[];
  /** Score of the parents together; 0 without parents. */
  readonly score: number;
}

/** How a network is searched for. */
export interface SearchSettings {
  /** Most parents of a variable, 0 to 2. */
  readonly maxParents: number;
  /** Most cells in the joint table of a variable and its parents. */
  readonly maxCells: number;
  /** Pairs of parents are formed among so many of the most informative variables. */
  readonly parentCandidates: number;
  /** Which estimate is compared. */
  readonly score: 'plugIn' | 'corrected';
  /** Parents are given only when their score is above this. Default 0: they inform. */
  readonly least?: number | undefined;
  /** Called before each variable is placed. */
  readonly onStep?: ((done: number, total: number) => void) | undefined;
}

/**
 * Greedy network: from the variables in `known` (or the first one chosen) on, the variable and parents that inform most.
 * With one parent this is Prim's algorithm, so the result is the maximum spanning tree (Chow & Liu 1968); with two it is
 * the greedy search of PrivBayes (Zhang et al. 2017, section 4.1). Ties go to the lowest positions.
 */
export function searchNetwork(
  information: Information,
  variables: readonly number[],
  known: readonly number[],
  settings: SearchSettings,
): NetworkStep[] {
  const placed = [...known];
  const left = variables.filter((variable) => !known.includes(variable));
  const best = new Map<number, NetworkStep>();
  const steps: NetworkStep[] = [];
  for (const child of left) best.set(child, { child, parents: [], score: settings.least ?? 0 });
  for (const parent of known) for (const child of left) improve(information, best, child, parent, placed, settings);
  const total = left.length;
  while (left.length > 0) {
    settings.onStep?.(steps.length, total);
    const start = placed.length === 0;
    const next = start ? root(information, left, settings) : left.reduce((a, b) => better(best, a, b));
    const step = best.get(next)!;
    steps.push(step.parents.length === 0 ? { ...step, score: 0 } : step);
    left.splice(left.indexOf(next), 1);
    placed.push(next);
    for (const child of left) improve(information, best, child, next, placed, settings);
  }
  return steps;
}

function better(best: ReadonlyMap<number, NetworkStep>, a: number, b: number): number {
  return best.get(b)!.score > best.get(a)!.score ? b : a;
}

/** The variable that informs most of all others together: its own distribution is exact. */
function root(information: Information, variables: readonly number[], settings: SearchSettings): number {
  let chosen = variables[0]!;
  let most = -Infinity;
  for (const a of variables) {
    let score = 0;
    for (const b of variables) if (a !== b) score += Math.max(0, scoreOf(information, a, [b], settings));
    if (score > most) {
      most = score;
      chosen = a;
    }
  }
  return chosen;
}

/** Tries the parent sets that the newly placed variable makes possible. */
function improve(
  information: Information,
  best: Map<number, NetworkStep>,
  child: number,
  added: number,
  placed: readonly number[],
  settings: SearchSettings,
): void {
  if (settings.maxParents < 1) return;
  const consider = (parents: readonly number[]): void => {
    const score = scoreOf(information, child, parents, settings);
    if (score > best.get(child)!.score) best.set(child, { child, parents, score });
  };
  consider([added]);
  if (settings.maxParents < 2) return;
  const single = new Map(placed.map((parent) => [parent, scoreOf(information, child, [parent], settings)]));
  const ranked = [...placed].sort((a, b) => single.get(b)! - single.get(a)! || a - b);
  const candidates = ranked.slice(0, settings.parentCandidates);
  if (!candidates.includes(added)) return;
  for (const other of [...candidates].sort((a, b) => a - b)) {
    if (other === added) continue;
    consider(single.get(other)! > single.get(added)! ? [other, added] : [added, other]);
  }
}

/** Below every threshold when the table would have too many cells. */
function scoreOf(
  information: Information,
  child: number,
  parents: readonly number[],
  settings: SearchSettings,
): number {
  if (information.cells([child, ...parents]) > settings.maxCells) return -Infinity;
  return information[settings.score](child, parents);
}
