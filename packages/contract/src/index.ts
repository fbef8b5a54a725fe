export { schemaText } from './generated/schema-text.ts';
export { isFileName } from './is-file-name.ts';
export { limits } from './limits.ts';
export { boolOf, isEid, isFloat, isInt } from './parameter-values.ts';
export { filesPath, restPaths } from './rest-paths.ts';
export { type Scope, scopes } from './scopes.ts';
export { ARCHIVED_TAG, FAVOURITE_TAG, isSystemTag } from './system-tags.ts';
