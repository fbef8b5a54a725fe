import type { Command, OutputStream, TakerAnswer } from './start-command.ts';

/** What the server asks of its launcher. */
export type LauncherRequest =
  | { readonly type: 'start'; readonly id: number; readonly command: Command }
  | {
      readonly type: 'taken';
      readonly id: number;
      readonly stream: OutputStream;
      /** Whether more of the stream is wanted. */
      readonly answer: TakerAnswer;
    };

/** What the launcher tells. */
export type LauncherReport =
  | { readonly type: 'started'; readonly id: number; readonly pid: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly code: string }
  | {
      readonly type: 'output';
      readonly id: number;
      readonly stream: OutputStream;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'ended'; readonly id: number; readonly code: number };
