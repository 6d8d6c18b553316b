/** A request waits this long for the database before it gets status 503. */
export const DATABASE_TIMEOUT_MS = 1_000;

/** The work did not finish in time. The error handler answers with status 503. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

/**
 * Resolves to the result of `work`, or throws `TookTooLong` after `ms`. The work itself continues
 * unobserved. Results that have arrived meanwhile are read first, so that a long turn of the event
 * loop is not blamed on the work.
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const expire = () => reject(new TookTooLong(`nothing after ${ms} ms`));
    const timer = setTimeout(() => setImmediate(expire), ms);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
