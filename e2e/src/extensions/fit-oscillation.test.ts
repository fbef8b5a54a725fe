import { expect, test } from 'vitest';
import { fitOscillation, valueAt } from '../../../extensions/fit-in-typescript/fit-oscillation.ts';

test.each([20, 201, 20_000])(
  'an oscillation is found in %i points, slow or fast, within seconds',
  (count) => {
    for (const periods of [0.8, 3, count / 5]) {
      const made = { offset: 0.5, amplitude: 0.4, decay: 3, frequency: periods / 7, phase: 1 };
      const x = Array.from({ length: count }, (_, i) => (7 * i) / (count - 1));
      // Something like noise, the same in each run.
      const y = x.map((each, i) => valueAt(each, made) + 0.01 * Math.sin(i ** 2));
      const started = performance.now();
      const found = fitOscillation(x, y);
      expect(performance.now() - started).toBeLessThan(15_000);
      expect(found.frequency).toBeCloseTo(made.frequency, 1);
      expect(Math.abs(found.decay - made.decay)).toBeLessThan(0.5);
      expect(found.residual).toBeLessThan(0.01);
    }
  },
);
