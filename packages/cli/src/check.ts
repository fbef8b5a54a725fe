import { AqueductError, type FindingKind, findingKinds, runCheck } from '@aqueduct/server/check';
import { type Flags, installationSettings } from '@aqueduct/server/settings';
import { findingText, progressText, summaryText } from './check-texts.ts';
import { configOrExit } from './config-or-exit.ts';
import { ProgressLine } from './progress-line.ts';

/** What `aqueduct check` is told besides settings. */
export type CheckFlags = Readonly<Partial<Record<'adopt' | 'quick' | 'json', true>>>;

/** `aqueduct check`: compares disk and database, and prints what it finds. */
export async function checkCommand(
  flags: Flags,
  { adopt, quick, json }: CheckFlags,
  version: string,
): Promise<void> {
  const { config, notices } = configOrExit(flags, installationSettings);
  for (const notice of notices) console.error(notice);
  // The reader of a pipe may have seen enough.
  process.stdout.on('error', () => process.exit(2));
  const line = new ProgressLine(process.stderr);
  const counts: Partial<Record<FindingKind, number>> = {};
  let isWrong = false;
  line.show(() => 'looking at the database and the folders …');
  try {
    const summary = await runCheck(config, version, {
      adopt: adopt === true,
      isQuick: quick === true,
      onFinding(finding) {
        counts[finding.kind] = (counts[finding.kind] ?? 0) + 1;
        isWrong ||= findingKinds[finding.kind] === 'problem';
        line.clear();
        console.log(json ? JSON.stringify(finding) : findingText(finding));
      },
      onProgress: (progress) => line.show(() => progressText(progress)),
    });
    line.clear();
    console.log(
      json ? JSON.stringify({ kind: 'summary', ...summary, counts }) : summaryText(summary, counts),
    );
    process.exitCode = isWrong ? 1 : 0;
  } catch (error) {
    line.clear();
    if (!(error instanceof AqueductError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
