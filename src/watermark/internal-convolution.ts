/** Zero bits that lead the register back to 0. */
export const TAIL = 8;
/** Signs for each bit. */
export const RATE = 4;
/** Largest number of bits of a word. */
export const MOST_BITS = 1024;

/** Generators 463, 535, 733, 745 (octal) over the last nine bits, newest bit lowest. */
const GENERATORS: readonly number[] = [0o463, 0o535, 0o733, 0o745];

/** Signs of every 9-bit register: register x 4 + generator; +1 for an even parity. */
export function branchSigns(): Int8Array {
  const signs = new Int8Array(512 * RATE);
  for (let register = 0; register < 512; register++)
    for (let g = 0; g < RATE; g++) {
      let bits = register & GENERATORS[g]!;
      bits ^= bits >> 8;
      bits ^= bits >> 4;
      bits ^= bits >> 2;
      bits ^= bits >> 1;
      signs[register * RATE + g] = 1 - 2 * (bits & 1);
    }
  return signs;
}
