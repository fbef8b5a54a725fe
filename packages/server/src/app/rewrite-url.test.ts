import { expect, test } from 'vitest';
import { rewriteUrl } from './rewrite-url.ts';

test.each([
  ['/api/files/u/100%.txt', '/api/files/u/100%25.txt'],
  ['/api/files/u/a%zz%4', '/api/files/u/a%25zz%254'],
  ['/api/files/u/gr%F6%DFe.txt', '/api/files/u/gr%EF%BF%BD%EF%BF%BDe.txt'],
  ['/api/files/u/Gr%C3%B6%C3%9Fe%2f%2E.txt', '/api/files/u/Gr%C3%B6%C3%9Fe%2f%2E.txt'],
  ['/api/files/u/%', '/api/files/u/%25'],
  ['/lab/api/files/u/%?a=%', '/api/files/u/%25?a=%'],
  ['//api/files/u/a%//b', '/api/files/u/a%25//b'],
  ['//lab//api/graphql?query={a}', '/api/graphql?query={a}'],
  ['/api/graphql?query={a}%', '/api/graphql?query={a}%'],
])('the path of %s can be read: %s', (url, path) => {
  expect(rewriteUrl(url, { basePath: '/lab', pathAliases: [] })).toBe(path);
});
