/// <reference types="remark-parse" />
import type { Construct, Tokenizer } from 'micromark-util-types';
import remarkMath from 'remark-math';
import type { Processor } from 'unified';

const DOLLAR = 36;

/**
 * remark-math, but amounts of money are no formulas: as on GitHub, a single `$` has no blank on its inner side, and no
 * digit comes behind the closing one.
 */
export function remarkFormulas(this: Processor): void {
  remarkMath.call(this);
  const { text } = this.data().micromarkExtensions?.at(-1) ?? {};
  const formula = text?.[DOLLAR];
  if (!formula || Array.isArray(formula)) throw new Error('remark-math reads formulas in another way.');
  text[DOLLAR] = withoutAmounts(formula);
}

function withoutAmounts(formula: Construct): Construct {
  const tokenize: Tokenizer = function (effects, ok, nok) {
    return formula.tokenize.call(
      this,
      effects,
      (next) => {
        const [, token] = this.events.at(-1) ?? [];
        const written = token ? this.sliceSerialize(token) : '';
        return isAmount(written, next ?? 0) ? nok(next) : ok(next);
      },
      nok,
    );
  };
  return { ...formula, tokenize };
}

/** @param next - code of what comes behind it; below 0 for ends of lines and tabs. */
function isAmount(written: string, next: number): boolean {
  if (written.startsWith('$$')) return false;
  return /^\$\s|\s\$$/.test(written) || /\d/.test(String.fromCharCode(Math.max(next, 0)));
}
