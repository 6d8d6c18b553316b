import { type Caller, findCaller, inSharedSpan } from "./tracing/shared-span.ts";

/** Loads the values of several keys at once: one for each key, in their order. The same key may be among them twice. */
type Load<K, V> = (keys: readonly K[]) => Promise<readonly V[]>;

type Request<K, V> = {
  key: K;
  caller: Caller;
  resolve: (value: V) => void;
  reject: (reason: unknown) => void;
};

/** Divides loads between groups of requests: a load has at most `most` requests of each group, which take turns. */
type Share<K> = { by: (key: K) => string; most: number };

type Options<K> = { maxKeys?: number; maxLoads?: number; lateMs?: number; share?: Share<K> };

/**
 * Lets the requests of one turn of the event loop share a load of at most `maxKeys`; while `maxLoads` are
 * running, new requests are gathered for the next one. A load that takes longer than `lateMs` no longer
 * holds up others.
 *
 * No request joins a load that was already sent: its answer would be older than the request, and an opt-out
 * acknowledged in between would be missed. If a load fails, all of its requests fail.
 *
 * Not `dataloader`, which has no limit on loads that run at once.
 */
export function coalesce<K, V>(
  load: Load<K, V>,
  { maxKeys = 1_000, maxLoads = Number.POSITIVE_INFINITY, lateMs = 100, share }: Options<K> = {},
): (key: K) => Promise<V> {
  let waiting: Request<K, V>[] = [];
  let underWay = 0;
  let isScheduled = false;

  const schedule = () => {
    if (isScheduled || waiting.length === 0 || underWay >= maxLoads) return;
    isScheduled = true;
    setImmediate(sendAll);
  };
  const sendAll = () => {
    isScheduled = false;
    while (waiting.length > 0 && underWay < maxLoads) {
      underWay++;
      let isCounted = true;
      const stopCounting = () => {
        if (!isCounted) return;
        isCounted = false;
        underWay--;
        schedule();
      };
      const late = setTimeout(stopCounting, lateMs);
      const next = takeTurns(waiting, maxKeys, share);
      waiting = waiting.filter((request) => !next.has(request));
      const callers = Array.from(next, ({ caller }) => caller);
      void inSharedSpan(callers, () => send(load, [...next])).finally(() => {
        clearTimeout(late);
        stopCounting();
      });
    }
  };

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, caller: findCaller(), resolve, reject });
      schedule();
    });
}

/** Takes the requests of the next load: the first of each group, then the second of each, and so on. */
function takeTurns<K, V>(
  waiting: readonly Request<K, V>[],
  maxKeys: number,
  share: Share<K> | undefined,
): ReadonlySet<Request<K, V>> {
  if (share === undefined || waiting.length === 1) return new Set(waiting.slice(0, maxKeys));
  const counts = new Map<string, number>();
  const turns = waiting.map((request) => {
    const group = share.by(request.key);
    const turn = counts.get(group) ?? 0;
    counts.set(group, turn + 1);
    return { request, turn };
  });
  const own = turns.filter(({ turn }) => turn < share.most);
  const next = own.length > maxKeys ? own.toSorted((a, b) => a.turn - b.turn) : own;
  return new Set(next.slice(0, maxKeys).map(({ request }) => request));
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
