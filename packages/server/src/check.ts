export type { CheckSummary } from './check/check-installation.ts';
export { type CheckProgress, type Finding, type FindingKind, findingKinds } from './check/finding.ts';
export { runCheck } from './check/run-check.ts';
export { AqueductError } from './platform/errors/aqueduct-error.ts';
export { printable } from './platform/logging/printable.ts';
