import type { Action, Values } from './extension.ts';

/**
 * The parameter that the server's refusal is about, to show it beside its field; undefined where it is about none.
 *
 * @param message - as the server said it; its texts are the original's and fixed.
 */
export function parameterOfFailure(
  message: string,
  { parameters, experimentVariableName }: Action,
  values: Values,
): string | undefined {
  const about = parameters.find(({ name }) => {
    const value = values[name] ?? '';
    return message.includes(`"${name}"`) || (value !== '' && message.startsWith(`${value} is not `));
  });
  if (about) return about.name;
  const isAboutExperiment = /^(Experiment not found|Non-existing experiment)/.test(message);
  return isAboutExperiment ? (experimentVariableName ?? undefined) : undefined;
}
