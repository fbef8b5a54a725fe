import DataLoader from 'dataloader';
import type { Context } from './context.ts';

/**
 * Lets the fields of an answer read together what they ask for at the same time. Nothing is kept beyond that: a stream of
 * events has one context for days.
 *
 * @param read - Gives what belongs to each key, in their order, or an error where there is nothing.
 * @returns what a field calls with its key
 */
export function readTogether<Key, Value>(
  read: (ctx: Context, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): (ctx: Context, key: Key) => Promise<Value> {
  const loaders = new WeakMap<Context, DataLoader<Key, Value>>();
  const loaderFor = (ctx: Context) => {
    const loader = new DataLoader<Key, Value>((keys) => {
      loader.clearAll();
      return read(ctx, keys);
    });
    loaders.set(ctx, loader);
    return loader;
  };
  return (ctx, key) => (loaders.get(ctx) ?? loaderFor(ctx)).load(key);
}
