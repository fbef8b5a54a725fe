import { parseValue } from 'graphql';
import { expect, test } from 'vitest';
import { scalars } from './scalars.ts';

test.each(['5', 'true', '[1]', '{a: "b"}'])(
  'a moment or UUID that is no text is named as it was written: %s',
  (text) => {
    for (const name of ['DateTime', 'UUID'] as const)
      expect(() => scalars[name].parseLiteral(parseValue(text), {})).toThrow(`represent a ${name}: ${text}.`);
  },
);
