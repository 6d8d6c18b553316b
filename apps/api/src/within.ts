/** What had not come when its time was over. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

/** The result of `work`, or `TookTooLong` after `ms`. The work itself goes on, unheard. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TookTooLong(`nothing after ${ms} ms`)), ms);
    const settle =
      <V>(end: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        end(value);
      };
    work.then(settle(resolve), settle(reject));
  });
}
