import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

const EVERY_MS = 20;

/** Asks for an address again and again, one request after the other, until it is told to end. */
export function measure(url: string): { end(): Promise<number[]> } {
  const latencies: number[] = [];
  let isEnding = false;
  const asking = (async () => {
    while (!isEnding) {
      const started = performance.now();
      const answer = await fetch(url);
      await answer.arrayBuffer();
      expect(answer.status).toBe(200);
      latencies.push(performance.now() - started);
      await sleep(EVERY_MS);
    }
  })();
  return {
    async end() {
      isEnding = true;
      await asking;
      return latencies;
    },
  };
}

/** 99 of 100 were answered within so many ms. */
export function expectQuick(latencies: readonly number[], ms: number): void {
  expect(latencies.length).toBeGreaterThan(20);
  const p99 = latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)];
  expect(p99).toBeLessThanOrEqual(ms);
}
