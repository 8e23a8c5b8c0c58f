import { SynthproofError } from '../errors.ts';

/** What {@link estimateEnergy} needs to know. */
export interface EnergyInput {
  /** Seconds of work. */
  readonly durationS: number;
  /** Power of the processor at full load, in watts. */
  readonly cpuW: number;
  /** Power of the graphics processors, in watts. Default 0. */
  readonly gpuW?: number | undefined;
  /** Power of the memory, in watts. Default 0. */
  readonly ramW?: number | undefined;
  /** Load of the processor, 0 to 1. Default 1. */
  readonly cpuUtil?: number | undefined;
  /** Power usage effectiveness of the site, from 1. Default 1. */
  readonly pue?: number | undefined;
  /** Carbon intensity of the electricity, in grams of CO2-equivalent a kWh. */
  readonly gCO2PerKWh: number;
}

/** Energy and emissions. */
export interface EnergyEstimate {
  /** Energy in kWh. */
  readonly energyKWh: number;
  /** Grams of CO2-equivalent. */
  readonly gCO2e: number;
}

/**
 * Energy and emissions of a job from powers and time: an estimate, to be recorded as such with the source of its
 * factors. No factor is made up here; there is no default for power or carbon intensity.
 *
 * (processor x load + graphics + memory) x seconds / 3.6e6 x effectiveness.
 *
 * @param input - See {@link EnergyInput}.
 * @returns See {@link EnergyEstimate}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` at a figure that is negative, not finite, or out of its range.
 * @example
 * estimateEnergy({ durationS: 3600, cpuW: 100, gCO2PerKWh: 400 }); // => { energyKWh: 0.1, gCO2e: 40 }
 */
export function estimateEnergy(input: EnergyInput): EnergyEstimate {
  const { durationS, cpuW, gpuW = 0, ramW = 0, cpuUtil = 1, pue = 1, gCO2PerKWh } = input;
  const figures = { durationS, cpuW, gpuW, ramW, cpuUtil, pue, gCO2PerKWh };
  for (const name of Object.keys(figures) as (keyof typeof figures)[]) {
    const value = figures[name];
    const least = name === 'pue' ? 1 : 0;
    const most = name === 'cpuUtil' ? 1 : Number.MAX_VALUE;
    if (!(value >= least && value <= most))
      throw new SynthproofError('OUT_OF_RANGE', `${name}: expected a finite number from ${least}, received ${value}`, {
        argument: name,
      });
  }
  const energyKWh = (((cpuW * cpuUtil + gpuW + ramW) * durationS) / 3.6e6) * pue;
  return { energyKWh, gCO2e: energyKWh * gCO2PerKWh };
}
