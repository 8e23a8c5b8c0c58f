import { SynthproofError } from '../errors.ts';

/** What {@link softwareCarbonIntensity} needs to know. */
export interface CarbonIntensityInput {
  /** Energy of the job in kWh. */
  readonly energyKWh: number;
  /** Carbon intensity of the electricity, in grams of CO2-equivalent a kWh. */
  readonly gCO2PerKWh: number;
  /** Emissions of making the hardware over its life, in grams of CO2-equivalent. */
  readonly totalEmbodied: number;
  /** Time the hardware was reserved for the job, in the unit of `expectedLifespan`. */
  readonly timeReserved: number;
  /** Life of the hardware. */
  readonly expectedLifespan: number;
  /** Resources reserved for the job, in the unit of `totalResources`. */
  readonly resourcesReserved: number;
  /** Resources of the hardware. */
  readonly totalResources: number;
  /** Number of functional units, for example rows made. */
  readonly units: number;
}

/** Emissions per functional unit. */
export interface CarbonIntensity {
  /** Share of the hardware's making that falls on the job, in grams of CO2-equivalent. */
  readonly embodied: number;
  /** Grams of CO2-equivalent a functional unit. */
  readonly intensity: number;
}

/**
 * Software carbon intensity: (energy x intensity + embodied) / units.
 * Source: Green Software Foundation, SCI 1.1 (ISO/IEC 21031).
 *
 * @param input - See {@link CarbonIntensityInput}.
 * @returns See {@link CarbonIntensity}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` at a figure that is negative or not finite, or a divisor of 0.
 * @example
 * const hardware = { totalEmbodied: 1000, timeReserved: 1, expectedLifespan: 10, resourcesReserved: 1, totalResources: 2 };
 * const result = softwareCarbonIntensity({ energyKWh: 2, gCO2PerKWh: 100, units: 50, ...hardware });
 * result; // => { embodied: 50, intensity: 5 }
 */
export function softwareCarbonIntensity(input: CarbonIntensityInput): CarbonIntensity {
  const {
    energyKWh,
    gCO2PerKWh,
    totalEmbodied,
    timeReserved,
    expectedLifespan,
    resourcesReserved,
    totalResources,
    units,
  } = input;
  const figures = {
    energyKWh,
    gCO2PerKWh,
    totalEmbodied,
    timeReserved,
    expectedLifespan,
    resourcesReserved,
    totalResources,
    units,
  };
  for (const name of Object.keys(figures) as (keyof typeof figures)[]) {
    const value = figures[name];
    const divides = name === 'expectedLifespan' || name === 'totalResources' || name === 'units';
    if (!(value >= 0 && value <= Number.MAX_VALUE) || (divides && value === 0))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `${name}: expected a finite number ${divides ? 'above' : 'from'} 0, received ${value}`,
        {
          argument: name,
        },
      );
  }
  const embodied = totalEmbodied * (timeReserved / expectedLifespan) * (resourcesReserved / totalResources);
  return { embodied, intensity: (energyKWh * gCO2PerKWh + embodied) / units };
}
