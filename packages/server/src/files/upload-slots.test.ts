import { expect, test } from 'vitest';
import { UploadSlots } from './upload-slots.ts';

test('so many uploads run at one time and no more; one that ends, or fails, makes room', async () => {
  const slots = new UploadSlots(2);
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const [one, two] = [slots.within(() => first.promise), slots.within(() => second.promise)];
  let isBegun = false;
  const third = slots.within(async () => {
    isBegun = true;
  });
  await expect(third).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
  expect(isBegun).toBe(false);

  first.resolve('done');
  expect(await one).toBe('done');
  expect(await slots.within(async () => 'in its place')).toBe('in its place');
  second.reject(new Error('no'));
  await expect(two).rejects.toThrow('no');
  const both = [slots.within(async () => 1), slots.within(async () => 2)];
  expect(await Promise.all(both)).toEqual([1, 2]);
});
