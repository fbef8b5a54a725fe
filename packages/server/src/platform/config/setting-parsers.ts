import { isIP } from 'node:net';
import { hostOfHeader } from './host-form.ts';
import type { Parser } from './setting.ts';

/** A name that people and other programs can read without quoting. */
export const userName: Parser<string> = {
  allowed: 'a name of at most 64 characters without control characters',
  parse: (value) => (/^[^\p{Cc}]{1,64}$/u.test(value.trim()) ? value.trim() : undefined),
};

/** A path of the file system; relative ones are resolved later, against the folder of the start. */
export const folder: Parser<string> = {
  allowed: 'the path of a folder',
  parse: (value) => (value === '' || value.includes('\0') ? undefined : value),
};

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number, meaning = 'a whole number'): Parser<number> {
  return {
    allowed: `${meaning} from ${least} to ${most}`,
    parse(value) {
      const number = /^\d{1,15}$/.test(value.trim()) ? Number(value) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
  };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** A number of bytes, plain or with a unit of 1024 (`4GiB`, `512 MiB`). */
export function byteCount(least: number, most = Number.MAX_SAFE_INTEGER): Parser<number> {
  const bounds =
    most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least} and below 8192TiB`;
  return {
    allowed: `a number of bytes ${bounds}, plain or as 512KiB, 30MiB or 4GiB`,
    parse(value) {
      const [, digits, unit = ''] = /^(\d{1,15})\s*(?:([KMGT])(?:iB)?)?$/i.exec(value.trim()) ?? [];
      const bytes = Number(digits ?? Number.NaN) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
      return Number.isSafeInteger(bytes) && bytes >= least && bytes <= most ? bytes : undefined;
    },
  };
}

/** The name of an environment variable. */
export const variableName: Parser<string> = {
  allowed: 'a name of letters, digits and underscores',
  parse: (value) => (/^[A-Za-z_]\w*$/.test(value.trim()) ? value.trim() : undefined),
};

/** A number of units of 1024 bytes, as the original counts them. */
export const kibibytes: Parser<number> = {
  allowed: 'a whole number of KB from 1 to 999999999999',
  parse(value) {
    const bytes = /^\d{1,12}$/.test(value.trim()) ? Number(value) * 1024 : 0;
    return bytes > 0 ? bytes : undefined;
  },
};

/** Yes or no. */
export const yesOrNo: Parser<boolean> = {
  allowed: '1 (or true) or 0 (or false)',
  parse(value) {
    if (/^(1|true|yes|on)$/i.test(value.trim())) return true;
    return /^(0|false|no|off)$/i.test(value.trim()) ? false : undefined;
  },
};

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Parser<Word> {
  return {
    allowed: `one of ${words.join(', ')}`,
    parse: (value) => words.find((word) => word === value.trim().toLowerCase()),
  };
}

/** A path like `/aqueduct`, answered without a slash at its end; `/` is the empty one. */
export const urlPath: Parser<string> = {
  allowed: 'a path such as /aqueduct (letters, digits and - . _ ~ between slashes)',
  parse(value) {
    const path = value.trim().replace(/^\/?/, '/').replace(/\/$/, '');
    return /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*$/.test(path) ? path : undefined;
  },
};

/** The same, but not the root, which would take the place of everything else. */
export const urlPrefix: Parser<string> = {
  allowed: urlPath.allowed,
  parse: (value) => urlPath.parse(value) || undefined,
};

/** An address of the web, answered without a slash at its end. */
export const webAddress: Parser<string> = {
  allowed: 'an address such as https://aqueduct.example.org, without user, query or fragment',
  parse(value) {
    const url = URL.parse(value.trim());
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
    if (url.search || url.hash) return undefined;
    return url.href.replace(/\/+$/, '');
  },
};

/** The address of a PostgreSQL database. */
export const postgresUrl: Parser<string> = {
  allowed: 'an address such as postgres://user:password@host:5432/database',
  parse(value) {
    const protocol = URL.parse(value.trim())?.protocol;
    return protocol === 'postgres:' || protocol === 'postgresql:' ? value.trim() : undefined;
  },
};

/** A name or address to listen at. */
export const listenHost: Parser<string> = {
  allowed: 'a host name or an IP address, without scheme and port',
  parse(value) {
    const host = value.trim().replace(/^\[(.*)\]$/, '$1');
    return isIP(host) || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(host) ? host : undefined;
  },
};

/** A comma-separated list. */
export function listOf(item: Parser<string>): Parser<readonly string[]> {
  return {
    allowed: `a comma-separated list, each ${item.allowed}`,
    parse(value) {
      const parts = value.split(',').map((part) => part.trim());
      const items = parts.filter(Boolean).map((part) => item.parse(part));
      return items.every((part) => part !== undefined) ? items : undefined;
    },
  };
}

/** A host as it stands in the header `Host`: with a port it must match exactly, without one any port will do. */
export const hostHeader: Parser<string> = {
  allowed: 'a host name such as aqueduct.example.org, or with a port, such as 10.0.0.5:8000',
  parse(value) {
    const bare = isIP(value) === 6 ? `[${value}]` : value;
    return /^([a-z\d]([a-z\d._-]*[a-z\d])?|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(bare)
      ? hostOfHeader(bare)
      : undefined;
  },
};

/** An IP address or a network of them. */
export const network: Parser<string> = {
  allowed: 'an IP address or a network such as 10.0.0.0/8, not one of all addresses (/0)',
  parse: (value) => (isNetwork(value) ? value : undefined),
};

function isNetwork(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  // Fastify takes no network of all addresses: then everybody could claim any.
  return length >= 1 && length <= bits;
}
