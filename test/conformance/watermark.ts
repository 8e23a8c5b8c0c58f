import { fromHex } from '../../src/hash/from-hex.ts';
import { hmacSha256 } from '../../src/hash/hmac-sha256.ts';
import { toHex } from '../../src/hash/to-hex.ts';
import { utf8 } from '../../src/hash/utf8.ts';
import { LN10 } from '../../src/math/constants.ts';
import { logBinomialUpperTail } from '../../src/math/log-binomial-upper-tail.ts';
import { combScore } from '../../src/watermark/comb-score.ts';
import { contrastScore } from '../../src/watermark/contrast-score.ts';
import { decodePayload } from '../../src/watermark/decode-payload.ts';
import { deriveTableKeys } from '../../src/watermark/derive-table-keys.ts';
import { encodePayload } from '../../src/watermark/encode-payload.ts';
import { binLevel, binOf } from '../../src/watermark/internal-bins.ts';
import { keyedSigns } from '../../src/watermark/keyed-signs.ts';
import { quantileBins } from '../../src/watermark/quantile-bins.ts';
import { rademacherChernoffLog10P } from '../../src/watermark/rademacher-chernoff-log10-p.ts';
import { rademacherExactTail } from '../../src/watermark/rademacher-exact-tail.ts';
import { rademacherLog10P } from '../../src/watermark/rademacher-log10-p.ts';
import type { FunctionTable } from './types.ts';

/** Oracle functions of the table mark. */
export const watermarkFunctions: FunctionTable = {
  rademacherLog10p: ({ z, hypotheses }) => rademacherLog10P(z, hypotheses),
  rademacherExactTail: ({ weights, S }) => rademacherExactTail(weights, S),
  rademacherChernoffLog10p: ({ weights, S }) => rademacherChernoffLog10P(weights, S),
  binomialLog10Sf: ({ greens, n, p }) => logBinomialUpperTail(greens, n, p) / LN10,
  quantileBins: ({ values, base, probe }) => {
    const { edges, midRanks } = quantileBins(values, base);
    const level = (levels: number) => Array.from(midRanks, (midRank) => binLevel(midRank, levels));
    return {
      edges: Array.from(edges),
      mid: Array.from(midRanks),
      bins: probe.map((value: number) => binOf(value, edges)),
      level16: level(16),
      level8: level(8),
      level4: level(4),
    };
  },
  contrastScore: ({ counts, signs, kappa }) => {
    const { score, squares, z } = contrastScore(counts, signs, { kappa });
    return { V: score, Q: squares, z };
  },
  combScore: ({ values, w, kappa, firstBin, signsFromFirstBin }) => {
    const signOf = (bin: number): number => signsFromFirstBin[bin - firstBin];
    const { score, squares, z } = combScore(values, w, signOf, { kappa });
    return { V: score, Q: squares, z };
  },
  tablePrf: ({ ikmHex, tableId, label }) => {
    const keys = deriveTableKeys(fromHex(ikmHex), tableId);
    return {
      colourKeyHex: toHex(keys.colour),
      layoutKeyHex: toHex(keys.layout),
      digestHex: toHex(hmacSha256(keys.colour, utf8(label))),
      first16Signs: Array.from(keyedSigns(keys.colour, label, 16)),
    };
  },
  convEncode: ({ bits }) => Array.from(encodePayload(bits)),
  convDecode: ({ votes, m }) => {
    const { bits, metric } = decodePayload(votes, m);
    return { bits: Array.from(bits), metric };
  },
};
