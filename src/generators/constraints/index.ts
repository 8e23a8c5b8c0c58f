export { type CheckConstraintsOptions, type ConstraintCheck, checkConstraints } from './check-constraints.ts';
export { type ConstrainOptions, constrainGenerator } from './constrain-generator.ts';
export type {
  ConstrainedColumn,
  ConstrainedModel,
  ConstrainedReport,
  Constraint,
  ConstraintMethod,
  ConstraintStep,
  ConstraintViolations,
  FixedCombinationsConstraint,
  InequalityConstraint,
  PredicateConstraint,
  RangeConstraint,
  StoredConstraint,
  SumConstraint,
  UniqueConstraint,
} from './constraint-types.ts';
export { type SampleGivenOptions, sampleGiven } from './sample-given.ts';
