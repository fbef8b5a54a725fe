/** The header of answers that come piece by piece: nginx gathers what it passes on, unless it is told not to. */
export const AS_IT_COMES = { 'x-accel-buffering': 'no' };
