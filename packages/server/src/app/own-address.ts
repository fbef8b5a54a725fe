import type { Config } from '../platform/config/config.ts';
import { hostInUrl, isEverywhere } from '../platform/config/host-form.ts';

type Place = Pick<Config, 'hosts' | 'basePath' | 'publicUrl'>;

/** Where tasks on this machine reach the server: by an address where there is one, so that they look up no name. */
export function addressForTasks({ hosts, basePath }: Place, port: number): string {
  const [host = '0.0.0.0'] = hosts;
  return `http://${isEverywhere(host) ? '127.0.0.1' : hostInUrl(host)}:${port}${basePath}/`;
}

/** Where people reach the server. */
export function addressForPeople({ hosts, basePath, publicUrl }: Place, port: number): string {
  const [host = '0.0.0.0', ...others] = hosts;
  const shown = others.length > 0 || isEverywhere(host) ? 'localhost' : hostInUrl(host);
  if (publicUrl === undefined) return `http://${shown}:${port}${basePath}`;
  return new URL(publicUrl).pathname === '/' ? publicUrl + basePath : publicUrl;
}
