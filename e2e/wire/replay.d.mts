/** One request of a scenario, and what the original answered. */
export interface Step {
  name: string;
  request: { method: string; path: string; headers?: Record<string, string>; body?: unknown; multipart?: unknown };
  response: { status: number; headers?: Record<string, unknown>; body?: unknown };
  known_flaw?: string;
  right?: Step['response'];
}
export interface Scenario {
  name: string;
  about: string;
  needs?: 'empty';
  extensions?: string[];
  steps: Step[];
}
export interface Reply {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
}
export class Bindings {
  copy(): Bindings;
  take(other: Bindings): void;
}
export function loadScenarios(dir: string): Scenario[];
export function perform(base: string, step: Step, bindings: Bindings): Promise<Reply>;
export function compareReply(step: Step, reply: Reply, bindings: Bindings): string[];
