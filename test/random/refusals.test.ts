import { expect, test } from 'vitest';
import type { SynthproofErrorCode } from '../../src/errors.ts';
import {
  aliasTable,
  beta,
  binomial,
  createPhiloxRng,
  createRng,
  dirichlet,
  exponential,
  gamma,
  multinomial,
  permutation,
  philox4x32,
  poisson,
  rngFromState,
  sampleWithoutReplacement,
  threefry4x32,
  uniformInt,
} from '../../src/random/index.ts';
import { refusal } from '../math/refusal.ts';

const rng = createRng('refusals');
const state = rng.state();
const short = new Uint32Array(3);

// Every refusal names the argument, what was expected and what came.
test.each<[SynthproofErrorCode, string, string, () => unknown]>([
  ['OUT_OF_RANGE', 'a', 'expected a finite number above 0, received 0', () => beta(rng, 0, 1)],
  ['OUT_OF_RANGE', 'b', 'expected a finite number above 0, received Infinity', () => beta(rng, 1, Infinity)],
  ['OUT_OF_RANGE', 'rate', 'expected a finite number above 0, received NaN', () => exponential(rng, NaN)],
  ['OUT_OF_RANGE', 'shape', 'expected a finite number above 0, received -1', () => gamma(rng, -1)],
  ['OUT_OF_RANGE', 'scale', 'expected a finite number above 0, received 0', () => gamma(rng, 1, 0)],
  ['EMPTY_INPUT', 'concentrations', 'expected at least one', () => dirichlet(rng, [])],
  ['OUT_OF_RANGE', 'concentrations[1]', 'expected a finite number above 0, received 0', () => dirichlet(rng, [1, 0])],
  ['OUT_OF_RANGE', 'n', 'expected a whole number from 0 to 2^53 - 1, received -1', () => binomial(rng, -1, 0.5)],
  ['OUT_OF_RANGE', 'p', 'expected a number from 0 to 1, received 1.5', () => binomial(rng, 4, 1.5)],
  ['OUT_OF_RANGE', 'n', 'expected a whole number from 0 to 2^53 - 1, received 0.5', () => multinomial(rng, 0.5, [1])],
  ['EMPTY_INPUT', 'probabilities', 'expected at least one weight above 0', () => multinomial(rng, 1, [0, 0])],
  ['EMPTY_INPUT', 'weights', 'expected at least one weight above 0', () => aliasTable([])],
  ['OUT_OF_RANGE', 'weights', 'expected a finite total; scale the weights down', () => aliasTable([1e308, 1e308])],
  ['OUT_OF_RANGE', 'mean', 'expected a number from 0 to 1e15, received -0.1', () => poisson(rng, -0.1)],
  ['OUT_OF_RANGE', 'mean', 'expected a number from 0 to 1e15, received 2000000000000000', () => poisson(rng, 2e15)],
  [
    'OUT_OF_RANGE',
    'n',
    'expected a whole number from 0 to 2^32 - 1, received 4294967296',
    () => permutation(rng, 2 ** 32),
  ],
  [
    'OUT_OF_RANGE',
    'n',
    'expected a whole number from 0 to 2^32 - 1, received -1',
    () => sampleWithoutReplacement(rng, -1, 0),
  ],
  [
    'OUT_OF_RANGE',
    'n',
    'expected a whole number from 0 to 2^32 - 1, received 4294967296',
    () => sampleWithoutReplacement(rng, 2 ** 32, 0),
  ],
  [
    'OUT_OF_RANGE',
    'k',
    'expected a whole number from 0 to n = 3, received 4',
    () => sampleWithoutReplacement(rng, 3, 4),
  ],
  [
    'OUT_OF_RANGE',
    'k',
    'expected a whole number from 0 to n = 3, received 1.5',
    () => sampleWithoutReplacement(rng, 3, 1.5),
  ],
  [
    'OUT_OF_RANGE',
    'k',
    'expected a whole number from 0 to n = 3, received -1',
    () => sampleWithoutReplacement(rng, 3, -1),
  ],
  ['OUT_OF_RANGE', 'bound', 'expected a whole number from 1 to 2^53, received 0', () => uniformInt(rng, 0)],
  ['OUT_OF_RANGE', 'bound', 'expected a whole number from 1 to 2^53, received 2.5', () => uniformInt(rng, 2.5)],
  ['LENGTH_MISMATCH', 'counter', 'expected 4 words, received 3', () => threefry4x32(short, [0, 0, 0, 0])],
  ['LENGTH_MISMATCH', 'key', 'expected 4 words, received 2', () => threefry4x32([0, 0, 0, 0], [0, 0])],
  [
    'LENGTH_MISMATCH',
    'out',
    'expected at least 4 words, received 3',
    () => threefry4x32([0, 0, 0, 0], [0, 0, 0, 0], short),
  ],
  ['LENGTH_MISMATCH', 'counter', 'expected 4 words, received 3', () => philox4x32(short, [0, 0])],
  ['LENGTH_MISMATCH', 'key', 'expected 2 words, received 4', () => philox4x32([0, 0, 0, 0], [0, 0, 0, 0])],
  ['LENGTH_MISMATCH', 'out', 'expected at least 4 words, received 3', () => philox4x32([0, 0, 0, 0], [0, 0], short)],
  [
    'OUT_OF_RANGE',
    'id',
    'expected a name or a whole number from 0 to 2^53 - 2, received 9007199254740991',
    () => rng.stream(2 ** 53 - 1),
  ],
])('%s, %s: %s', (code, argument, message, run) => {
  expect(run).toThrow(refusal(code, argument, `${argument}: ${message}`));
});

test('a weight at fault is named by its place', () => {
  expect(() => aliasTable([1, 2, -3])).toThrow(
    refusal('OUT_OF_RANGE', 'weights', 'weights[2]: expected a finite number from 0, received -3'),
  );
  expect(() => multinomial(rng, 5, [Infinity, 1])).toThrow(
    refusal('OUT_OF_RANGE', 'probabilities', 'probabilities[0]: expected a finite number from 0, received Infinity'),
  );
});

test('a state that is no state is refused field by field', () => {
  const engines = 'expected "threefry4x32-20/1" or "philox4x32-10/1"';
  const key = state.key as number[];
  const cases: [object, SynthproofErrorCode, string][] = [
    [{ engine: 'alea' }, 'BAD_KEY', `state.engine: ${engines}, received "alea"`],
    [{ engine: undefined }, 'BAD_KEY', `state.engine: ${engines}, received undefined`],
    [{ key: 'abcd' }, 'BAD_KEY', 'state.key: expected 4 words from 0 to 2^32 - 1'],
    [{ key: { length: 4 } }, 'BAD_KEY', 'state.key: expected 4 words from 0 to 2^32 - 1'],
    [{ key: key.slice(1) }, 'BAD_KEY', 'state.key: expected 4 words from 0 to 2^32 - 1'],
    [{ key: [...key.slice(1), 0.5] }, 'BAD_KEY', 'state.key: expected 4 words from 0 to 2^32 - 1'],
    [{ key: [...key.slice(1), -1] }, 'BAD_KEY', 'state.key: expected 4 words from 0 to 2^32 - 1'],
    [{ key: [...key.slice(1), 2 ** 32] }, 'BAD_KEY', 'state.key: expected 4 words from 0 to 2^32 - 1'],
    [{ stream: -1 }, 'OUT_OF_RANGE', 'state.stream: expected a whole number from 0, received -1'],
    [{ stream: 2 ** 53 }, 'OUT_OF_RANGE', 'state.stream: expected a whole number from 0, received 9007199254740992'],
    [{ position: -4 }, 'OUT_OF_RANGE', 'state.position: expected a whole number from 0, received -4'],
    [{ position: 0.5 }, 'OUT_OF_RANGE', 'state.position: expected a whole number from 0, received 0.5'],
  ];
  for (const [change, code, message] of cases)
    expect(() => rngFromState({ ...state, ...change })).toThrow(refusal(code, 'state', message));
  const philox = createPhiloxRng('x').state();
  expect(() => rngFromState({ ...philox, key })).toThrow(
    refusal('BAD_KEY', 'state', 'state.key: expected 2 words from 0 to 2^32 - 1'),
  );
});

test('the ends of every range are still taken', () => {
  expect(rngFromState({ ...state, key: [0, 2 ** 32 - 1, 0, 0] }).state().key).toEqual([0, 2 ** 32 - 1, 0, 0]);
  expect(rngFromState({ ...state, stream: 2 ** 53 - 1, position: 0 }).state()).toMatchObject({ stream: 2 ** 53 - 1 });
  expect(rng.stream(2 ** 53 - 2).state()).toMatchObject({ stream: 2 ** 53 - 1 });
  expect(poisson(rng, 0)).toBe(0);
  expect(binomial(rng, 3, 0)).toBe(0);
  expect(binomial(rng, 3, 1)).toBe(3);
  expect(uniformInt(rng, 1)).toBe(0);
  expect(sampleWithoutReplacement(rng, 0, 0).length).toBe(0);
  expect(sampleWithoutReplacement(rng, 2 ** 32 - 1, 1).length).toBe(1);
  expect(poisson(rng, 1e15)).toBeGreaterThan(9e14);
});
