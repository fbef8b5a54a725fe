import type { Context } from '../access/context.ts';
import type { OpenServices } from '../access/open-services.ts';
import type { Asides } from './asides.ts';
import type { Finding } from './finding.ts';

/** What the parts of a check work with. */
export interface RunningCheck {
  readonly installation: OpenServices;
  /** Whether the folder of experiments is there. */
  readonly hasFolders: boolean;
  /** Sizes are compared, hashes are not. */
  readonly isQuick: boolean;
  /** Takes in what people put into the folders; without it that is only reported. */
  readonly adopter: Context | undefined;
  /** What it has put aside. */
  readonly asides: Asides;
  readonly report: (finding: Finding) => void;
  readonly countFile: () => void;
  readonly countBytes: (count: number) => void;
}

/** Files that are looked at at one time. */
export const AT_ONCE = 4;
