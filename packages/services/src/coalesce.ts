/** Answers several keys at once: the value of each, in their order. */
type Load<K, V> = (keys: readonly K[]) => Promise<readonly V[]>;

type Request<K, V> = { key: K; resolve: (value: V) => void; reject: (reason: unknown) => void };

/**
 * Lets the requests of one turn of the event loop share a load, of `maxKeys` at most.
 *
 * None joins a load that was already sent: what was so before it asked would be its answer, and a
 * refusal acknowledged in between would not be seen. A load that fails, fails for all of its requests.
 */
export function coalesce<K, V>(load: Load<K, V>, { maxKeys = 1_000 } = {}): (key: K) => Promise<V> {
  let waiting: Request<K, V>[] = [];

  const sendAll = () => {
    const requests = waiting;
    waiting = [];
    for (let from = 0; from < requests.length; from += maxKeys) {
      void send(load, requests.slice(from, from + maxKeys));
    }
  };

  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(sendAll);
      waiting.push({ key, resolve, reject });
    });
}

async function send<K, V>(load: Load<K, V>, requests: readonly Request<K, V>[]) {
  try {
    const values = await load(requests.map(({ key }) => key));
    if (values.length !== requests.length) {
      throw new Error(`asked for ${requests.length} values, got ${values.length}`);
    }
    for (const [index, value] of values.entries()) requests[index]?.resolve(value);
  } catch (error) {
    for (const { reject } of requests) reject(error);
  }
}
