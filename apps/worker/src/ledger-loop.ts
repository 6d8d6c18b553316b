import type { Message } from "@ringfence/core/message";
import type { Installation } from "@ringfence/services/context";
import {
  commitScreenings,
  recordRules,
  sequenceBatch,
  type SigningHouse,
  signHead,
} from "@ringfence/services/ledger";

/** How long an entry waits for its place at most, and then for a signature, when the machine keeps up. */
const PASS_MS = 500;
/** Screenings are committed to in batches, of which each costs a statement. */
const SCREENINGS_MS = 10_000;

type Options = Pick<Installation, "db" | "keys"> & {
  /** Of the one worker that signs; the others give entries their places, and no more. */
  signing: SigningHouse | null;
  /** Says why it does not sign, to whoever runs it. */
  tell: (fault: Message) => void;
};

/**
 * Puts what was accepted into the log, and signs it, until it is stopped (contract 10). A loop, and no
 * job of the queue: whoever has the lock on the log's row is at it, and the others look again.
 */
export function startLedgerLoop({ signing, tell, ...installation }: Options) {
  const stopped = Promise.withResolvers<void>();
  let isStopped = false;
  let screeningsAt = 0;
  const tellFault = onceEach(tell);

  async function pass() {
    if (performance.now() >= screeningsAt) {
      screeningsAt = performance.now() + SCREENINGS_MS;
      await commitScreenings(installation);
    }
    while (!isStopped && (await sequenceBatch(installation.db))) {
      if (signing !== null) tellFault(await signHead(signing));
    }
    if (signing !== null) tellFault(await signHead(signing));
  }

  async function loop() {
    await recordRules(installation).catch((error: unknown) => console.error(error));
    while (!isStopped) {
      await pass().catch((error: unknown) => console.error(error));
      await Promise.race([pause(), stopped.promise]);
    }
  }

  const ended = loop();
  return {
    async stop() {
      isStopped = true;
      stopped.resolve();
      await ended;
    },
  };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PASS_MS).unref());

/** A refusal is told once, and not every half second. */
function onceEach(tell: Options["tell"]) {
  let told: Message["key"] | null = null;
  return (outcome: Awaited<ReturnType<typeof signHead>>) => {
    const fault = outcome.outcome === "refused" ? outcome.fault : null;
    if (fault !== null && fault.key !== told) tell(fault);
    told = fault?.key ?? null;
  };
}
