import { codeOf } from '../platform/storage/code-of.ts';

/** What is listed; nothing where its folder is not there. The next start of the server makes it, a check makes nothing. */
export async function* whereThere<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
  try {
    yield* items;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
