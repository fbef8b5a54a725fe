/** The texts of an experiment that are written on its page. */
export interface Texts {
  readonly title: string;
  readonly description: string;
}

/** Texts as the server has them. */
export interface SavedTexts extends Texts {
  /** Grows with every change of one of them. */
  readonly version: number;
}

export type SaveState = 'saved' | 'waiting' | 'saving' | 'refused' | 'failed' | 'conflict';

export interface DraftSnapshot {
  readonly texts: Texts;
  readonly state: SaveState;
  /** Why nothing is saved, as a sentence. */
  readonly problem?: string;
  /** With a conflict: what somebody else wrote, and where. */
  readonly theirs?: SavedTexts;
  readonly clashes?: readonly (keyof Texts)[];
}

interface DraftPorts {
  /** Saves changes of the version they started from. */
  save(changes: Partial<Texts>, version: number): Promise<SavedTexts>;
  /** Reads the texts afresh. */
  load(): Promise<SavedTexts>;
  isConflict(error: unknown): boolean;
  /** Whether the server may have saved it all the same. */
  isLost(error: unknown): boolean;
  /** Whether there is no such experiment any more. */
  isGone(error: unknown): boolean;
  /** Why a text can't be saved at all, as a sentence. */
  refuse(field: keyof Texts, text: string): string | undefined;
  explain(error: unknown): string;
}

/** So long after the last key the text is saved. */
const PAUSE_MS = 700;
const TRY_AGAIN_MS = 5000;
const FIELDS = ['title', 'description'] as const;

/**
 * Texts that are saved while they are written. Every save carries the version that it started from. What others changed
 * in a text that is not being written is taken over; where both wrote the same text, nothing is saved until one of the
 * two is chosen. A text that can't be saved does not hold back the other one.
 */
export class ExperimentDraft {
  readonly #ports: DraftPorts;
  readonly #listeners = new Set<() => void>();
  #base: SavedTexts;
  /** What was sent, and may have been saved: the answer was lost. */
  #unsure: readonly Partial<Texts>[] = [];
  #snapshot: DraftSnapshot;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;

  constructor(saved: SavedTexts, ports: DraftPorts) {
    this.#base = saved;
    this.#ports = ports;
    this.#snapshot = { texts: saved, state: 'saved' };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DraftSnapshot => this.#snapshot;

  /** Writes one of the texts; it is saved after a pause. */
  change(field: keyof Texts, value: string): void {
    // Half a character, as of an emoji that was cut through, can not be sent.
    const texts = { ...this.#snapshot.texts, [field]: value.toWellFormed() };
    if (this.#snapshot.state === 'conflict') {
      this.#show({ ...this.#snapshot, texts });
    } else {
      this.#show({ texts, state: this.#saving ? 'saving' : 'waiting' });
      this.#saveIn(PAUSE_MS);
    }
  }

  /** Saves now what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = undefined;
    });
    await this.#saving;
  }

  /** Gives up what is not saved. */
  discard(): void {
    clearTimeout(this.#timer);
    // In a conflict the base is theirs only where nothing clashes.
    this.#base = this.#snapshot.theirs ?? this.#base;
    this.#unsure = [];
    const { title, description } = this.#base;
    this.#show({ texts: { title, description }, state: 'saved' });
  }

  /** Takes over what was read from the server meanwhile. */
  adopt(saved: SavedTexts): void {
    if (saved.version > this.#base.version && !this.#saving) this.#rebase(saved);
  }

  /** Ends a conflict: what was written here replaces what somebody else wrote. */
  keepMine(): void {
    this.#settle(this.#snapshot.texts);
  }

  /** Ends a conflict: what was written here gives way. */
  takeTheirs(): void {
    const { texts, theirs, clashes = [] } = this.#snapshot;
    this.#settle({ ...texts, ...Object.fromEntries(clashes.map((field) => [field, theirs?.[field]])) });
  }

  #settle(texts: Texts): void {
    const { theirs } = this.#snapshot;
    if (!theirs) return;
    this.#base = theirs;
    this.#show({ texts, state: 'waiting' });
    void this.flush();
  }

  async #saveAll(): Promise<void> {
    for (;;) {
      const { texts, state } = this.#snapshot;
      if (state === 'conflict') return;
      const changed = this.#changed();
      const refusals = changed.map((field) => this.#ports.refuse(field, texts[field]));
      const good = changed.filter((_, i) => refusals[i] === undefined);
      if (good.length === 0) {
        const [problem] = refusals;
        return this.#show(
          problem === undefined ? { texts, state: 'saved' } : { texts, state: 'refused', problem },
        );
      }
      this.#show({ texts, state: 'saving' });
      const changes = pick(texts, good);
      try {
        // With other letters in the answer than were sent, it would be saved again and again.
        this.#base = { ...(await this.#ports.save(changes, this.#base.version)), ...changes };
        this.#unsure = [];
      } catch (error) {
        if (this.#ports.isLost(error)) this.#unsure = [...this.#unsure, changes];
        if (!(await this.#recover(error))) return;
      }
    }
  }

  /** Whether to go on at once. */
  async #recover(error: unknown): Promise<boolean> {
    try {
      if (!this.#ports.isConflict(error)) throw error;
      this.#rebase(await this.#ports.load());
      return true;
    } catch (failure) {
      const { texts } = this.#snapshot;
      this.#show({ texts, state: 'failed', problem: this.#ports.explain(failure) });
      if (!this.#ports.isGone(failure)) this.#saveIn(TRY_AGAIN_MS);
      return false;
    }
  }

  #rebase(theirs: SavedTexts): void {
    const written = this.#snapshot.texts;
    const wasSent = (field: keyof Texts) => this.#unsure.some((sent) => sent[field] === theirs[field]);
    const isMine = (field: keyof Texts) => written[field] !== this.#base[field] || wasSent(field);
    const mine = pick(written, FIELDS.filter(isMine));
    const clashes = FIELDS.filter(
      (field) =>
        mine[field] !== undefined &&
        theirs[field] !== this.#base[field] &&
        theirs[field] !== mine[field] &&
        !wasSent(field),
    );
    // What was sent for an older version can not arrive any more.
    this.#unsure = [];
    const { title, description } = { ...theirs, ...mine };
    const texts = { title, description };
    if (clashes.length > 0) {
      clearTimeout(this.#timer);
      // What does not clash is theirs now, not written here, and may change again before the conflict ends.
      const kept = clashes.map((field) => [field, this.#base[field]]);
      this.#base = { ...theirs, ...Object.fromEntries(kept) };
      this.#show({ texts, state: 'conflict', theirs, clashes });
    } else {
      this.#base = theirs;
      const isSaved = this.#changed(texts).length === 0;
      const { state, problem } = this.#snapshot;
      if (isSaved) this.#show({ texts, state: 'saved' });
      else if (state === 'conflict') {
        // The other writing was taken back.
        this.#show({ texts, state: 'waiting' });
        this.#saveIn(PAUSE_MS);
      } else this.#show({ texts, state, ...(problem === undefined ? {} : { problem }) });
    }
  }

  /** What is to be saved: also what was written back to what it was, where the server may have the writing between. */
  #changed(texts: Texts = this.#snapshot.texts): (keyof Texts)[] {
    return FIELDS.filter(
      (field) => texts[field] !== this.#base[field] || this.#unsure.some((sent) => sent[field] !== undefined),
    );
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #show(snapshot: DraftSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

function pick(texts: Texts, fields: readonly (keyof Texts)[]): Partial<Texts> {
  return Object.fromEntries(fields.map((field) => [field, texts[field]]));
}
