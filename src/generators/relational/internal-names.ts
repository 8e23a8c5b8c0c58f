/** Names of the columns that a table's trees have beside its own. */
export interface HelperNames {
  /** Number of the row's own children. */
  readonly children: string;
  /** Number of rows with the same parent. */
  readonly siblings: string;
  /** Rows of the same parent before this one. */
  readonly position: string;
  /** The order column of a first sibling. */
  readonly start: string;
  /** How far the order column is above that of the sibling before. */
  readonly step: string;
  /** A column of the parent. */
  readonly parent: (name: string) => string;
  /** A column of the sibling before. */
  readonly previous: (name: string) => string;
}

/** Names that no column of the table has. */
export function helperNames(own: readonly string[]): HelperNames {
  const free = (base: string): string => {
    let name = base;
    while (own.includes(name)) name += "'";
    return name;
  };
  return {
    children: free('(children)'),
    siblings: free('(siblings)'),
    position: free('(position)'),
    start: free('(start)'),
    step: free('(step)'),
    parent: (name) => free(`(parent) ${name}`),
    previous: (name) => free(`(previous) ${name}`),
  };
}
