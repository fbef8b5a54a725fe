import type { ScalarTag } from 'yaml';

/** As in Python; with more, reading a number takes its time. */
const MOST_DIGITS = 4300;

/** How PyYAML's safe loader reads plain scalars; the first that matches counts, and all others are texts. */
export const pyYamlTags: ScalarTag[] = [
  plain('null', /^(?:~|null|Null|NULL)?$/, () => null),
  plain('bool', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/, (text) =>
    /^(?:yes|true|on)$/i.test(text),
  ),
  plain(
    'int',
    /^[-+]?(?:0b_*[01][01_]*|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*|0x_*[0-9a-fA-F][0-9a-fA-F_]*)$/,
    wholeNumber,
  ),
  plain(
    'float',
    /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    realNumber,
  ),
  plain(
    'timestamp',
    /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
    moment,
  ),
  { tag: 'tag:yaml.org,2002:float', resolve: namedReal },
];

function plain(kind: string, test: RegExp, resolve: (text: string) => unknown): ScalarTag {
  return { tag: `tag:yaml.org,2002:${kind}`, default: true, test, resolve };
}

function wholeNumber(text: string): bigint {
  const { sign, digits } = splitSign(text);
  if (digits.length > MOST_DIGITS) throw new Error(`a number can't have more than ${MOST_DIGITS} digits`);
  const parts = digits.split(':');
  const prefixed = /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value =
    parts.length > 1 ? parts.reduce((sum, part) => sum * 60n + BigInt(part), 0n) : BigInt(prefixed);
  return sign < 0 ? -value : value;
}

/** What is called a `!!float` may look like a whole number. */
function namedReal(text: string): number {
  const isNumber = /^[-+]?\.?\d[\d_.:]*(?:e[-+]?\d+)?$/i.test(text) && !Number.isNaN(realNumber(text));
  if (!isNumber && !/^[-+]?\.(?:inf|nan)$/i.test(text)) throw new Error(`${text} is no number`);
  return realNumber(text);
}

function realNumber(text: string): number {
  const { sign, digits } = splitSign(text.toLowerCase());
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** A date or a time, as text right away: nothing in a manifest computes with it. */
function moment(text: string): string {
  const [, date = '', hours, minutesAndSeconds, fraction, zone] =
    /^([\d-]+)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d:\d\d)(?:\.(\d*))?[ \t]*(.*))?$/.exec(text) ?? [];
  const [year = '', month = '', day = ''] = date.split('-').map((part) => part.padStart(2, '0'));
  const written = `${year}-${month}-${day}`;
  const time = `${hours?.padStart(2, '0') ?? '00'}:${minutesAndSeconds ?? '00:00'}`;
  const parsed = Date.parse(`${written}T${time}Z`);
  if (Number.isNaN(parsed) || !new Date(parsed).toISOString().startsWith(written)) {
    throw new Error(`${text} is no date of the calendar`);
  }
  if (hours === undefined) return written;
  const micros = (fraction ?? '').slice(0, 6).padEnd(6, '0');
  return `${written} ${time}${/[1-9]/.test(micros) ? `.${micros}` : ''}${offset(zone ?? '')}`;
}

function offset(zone: string): string {
  if (zone === '' || zone === 'Z') return zone && '+00:00';
  const [hours = '', minutes = '00'] = zone.slice(1).split(':');
  return `${zone[0]}${hours.padStart(2, '0')}:${minutes}`;
}

function splitSign(text: string): { sign: 1 | -1; digits: string } {
  const bare = text.replaceAll('_', '');
  return { sign: bare.startsWith('-') ? -1 : 1, digits: bare.replace(/^[-+]/, '') };
}
