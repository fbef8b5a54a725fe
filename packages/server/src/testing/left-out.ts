/** Whether a test can't run here, and says so: one that is skipped in silence is thought to have passed. */
export function leftOut(isLeftOut: boolean, what: string, reason: string): boolean {
  if (isLeftOut) console.log(`Left out: ${what}, because ${reason}.`);
  return isLeftOut;
}
