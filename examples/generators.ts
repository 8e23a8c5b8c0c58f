import {
  arfGenerator,
  bayesianNetworkGenerator,
  cartGenerator,
  copulaGenerator,
  independentGenerator,
} from '../src/generators/index.ts';
import { chooseGenerator, type GeneratorChoice } from '../src/pipeline/index.ts';
import { UsageError } from './usage.ts';

const CHOICES: readonly GeneratorChoice[] = [
  chooseGenerator(cartGenerator, {}),
  chooseGenerator(copulaGenerator, {}),
  chooseGenerator(bayesianNetworkGenerator, {}),
  chooseGenerator(arfGenerator, {}),
  chooseGenerator(independentGenerator, {}),
];

/** The generator that the command line names; docs/generators.md says which one when. */
export function generatorNamed(name: string): GeneratorChoice {
  const choice = CHOICES.find(({ id }) => id === name);
  if (choice) return choice;
  throw new UsageError(
    `--generator: expected one of ${CHOICES.map(({ id }) => id).join(', ')}, received "${name}"; see docs/generators.md`,
  );
}
