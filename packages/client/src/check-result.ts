import {
  failureOfAnswer,
  failureOfBadAnswer,
  type PlainAnswer,
  parseObject,
} from './errors/failure-of-answer.ts';

/** That a change of files was made, in the server's words: a page of a proxy may have the status 200, too. */
export function checkResult(answer: PlainAnswer): void {
  if (answer.status < 200 || answer.status > 299) throw failureOfAnswer(answer);
  if (typeof parseObject(answer.text)?.result !== 'string') throw failureOfBadAnswer(answer);
}
