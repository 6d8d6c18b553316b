/** What had not come when its time was over. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

/**
 * The result of `work`, or `TookTooLong` after `ms`. The work itself goes on, unheard. What has come
 * meanwhile is read first, so that a turn of the event loop that took long is not blamed on the work.
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const expire = () => reject(new TookTooLong(`nothing after ${ms} ms`));
    const timer = setTimeout(() => setImmediate(expire), ms);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
