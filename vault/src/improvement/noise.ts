/** Two-sided geometric noise (the discrete Laplace distribution): what differential privacy adds to a count. */
import { randomBytes } from 'node:crypto';

/** Uniform in (0, 1], 53 random bits. */
export type Uniform = () => number;

const secureUniform: Uniform = () => (Number(randomBytes(8).readBigUInt64BE() >> 11n) + 1) / 2 ** 53;

/** How often a coin that fails with probability exp(-epsilon) succeeds in failing. */
function geometric(epsilon: number, uniform: Uniform): number {
  return Math.floor(Math.log(uniform()) / -epsilon);
}

/** P(X = x) is proportional to exp(-epsilon · |x|). */
export function drawNoise(epsilon: number, uniform: Uniform = secureUniform): number {
  return geometric(epsilon, uniform) - geometric(epsilon, uniform);
}

/** What the noise exceeds, upwards or downwards, with this probability at most. */
export function noiseBound(epsilon: number, probability: number): number {
  const alpha = Math.exp(-epsilon);
  return Math.ceil(Math.log((probability * (1 + alpha)) / 2) / -epsilon);
}
