import { createElement, type FunctionComponent, type ReactNode, useEffect, useState } from 'react';

/**
 * A component whose code is loaded when it is drawn first, or preloaded. React's own `lazy` shows what it had to wait for
 * a third of a second later, however soon it came.
 *
 * @param load - imports its module and picks it from there.
 * @param whileLoading - stands in its place until then.
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  whileLoading: ReactNode = null,
) {
  const code = new Code(load);
  const component = (props: Props) => createElement(Awaited<Props>, { code, whileLoading, props });
  return Object.assign(component, { preload: async () => void (await code.fetch()) });
}

/** The code of one component. */
class Code<Props> {
  /** Undefined until it is there. */
  component: FunctionComponent<Props> | undefined;
  readonly #load: () => Promise<FunctionComponent<Props>>;
  #loading: Promise<FunctionComponent<Props>> | undefined;

  constructor(load: () => Promise<FunctionComponent<Props>>) {
    this.#load = load;
  }

  async fetch(): Promise<FunctionComponent<Props>> {
    this.#loading ??= this.#load();
    this.component = await this.#loading;
    return this.component;
  }
}

interface AwaitedProps<Props> {
  readonly code: Code<Props>;
  readonly whileLoading: ReactNode;
  readonly props: Props;
}

function Awaited<Props extends object>({ code, whileLoading, props }: AwaitedProps<Props>) {
  const [{ component, failure }, setState] = useState<{
    component?: FunctionComponent<Props> | undefined;
    failure?: { readonly error: unknown };
  }>({ component: code.component });
  const isThere = component !== undefined;
  useEffect(() => {
    if (isThere) return;
    code.fetch().then(
      (fetched) => setState({ component: fetched }),
      (error: unknown) => setState({ failure: { error } }),
    );
  }, [code, isThere]);
  if (failure) throw failure.error;
  return component ? createElement(component, props) : whileLoading;
}
