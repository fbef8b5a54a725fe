const EVENT_STREAM = 'text/event-stream';

const ANYTHING_ELSE = { events: false, others: true };

/** In which forms a client takes an answer. */
export interface AcceptedForms {
  /** A stream of events, which it must name: not all who take anything can read one. */
  readonly events: boolean;
  /** Anything else, and so JSON. */
  readonly others: boolean;
}

/** Reads the header `Accept`. A form of quality 0 is one that the client does not take. */
export function acceptedForms(accept = '*/*'): AcceptedForms {
  if (!/event-stream/i.test(accept)) return ANYTHING_ELSE;
  const taken = accept
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q\s*=\s*0(\.0*)?\s*(;|$)/.test(range))
    .map((range) => range.split(';')[0]?.trim());
  const events = taken.includes(EVENT_STREAM);
  return { events, others: !events || taken.some((type) => type !== EVENT_STREAM && type !== '') };
}
