import type { Message } from "@ringfence/core/platform/message";
import type { Installation } from "@ringfence/services/context";
import {
  commitScreenings,
  recordRules,
  sequenceBatch,
  setWitnesses,
  type LogSigner,
  signCheckpoint,
  timestampCheckpoint,
  type TimestampAuthority,
  type Witness,
  witnessCheckpoint,
} from "@ringfence/services/proof/ledger";
import { repeat, type Repeated } from "./repeat.ts";

/** How long an entry waits for its place at most, and then for a signature, when the machine keeps up. */
const PASS_MS = 500;
/** Screenings are committed to in batches, of which each costs a statement. */
const SCREENINGS_MS = 10_000;
/** How long after a checkpoint those outside are asked to vouch for it. */
const VOUCH_MS = 10_000;

/** What signs the log, and who outside is asked to vouch for it. */
export type LedgerSigning = {
  house: LogSigner;
  witnesses: readonly Witness[];
  authorities: readonly TimestampAuthority[];
};

type Options = Pick<Installation, "db" | "keys"> & {
  /** Of the one worker that signs; the others give entries their places, and no more. */
  signing: LedgerSigning | null;
  /** Says what does not succeed, to whoever runs it. */
  tell: (fault: Message) => void;
};

/**
 * Puts what was accepted into the log, and has it signed, until it is stopped (contract 10). Loops, and
 * no jobs of the queue: whoever has the lock on the log's row is at it, and the others look again.
 */
export function startLedgerLoop({ signing, tell, db, keys }: Options): Repeated {
  const signOnce = signing && signer(signing.house, tell);
  const loops = [
    repeat(PASS_MS, async (isStopped) => {
      while (!isStopped() && (await sequenceBatch(db))) await signOnce?.();
      await signOnce?.();
    }),
    repeat(
      SCREENINGS_MS,
      onceDone(() => recordRules({ db, keys })),
    ),
    repeat(SCREENINGS_MS, async () => void (await commitScreenings({ db, keys }))),
    ...(signing ? vouching({ db, keys }, signing, tell) : []),
  ];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function signer(house: LogSigner, tell: Options["tell"]) {
  const tellNew = onceEach(tell);
  return async () => {
    const outcome = await signCheckpoint(house);
    tellNew(outcome.outcome === "refused" ? outcome.fault : null);
  };
}

/** Each on its own, so that one who is away keeps nobody waiting. */
function vouching(
  { db, keys }: Pick<Options, "db" | "keys">,
  { witnesses, authorities }: LedgerSigning,
  tell: Options["tell"],
): Repeated[] {
  const asked = (ask: () => Promise<{ outcome: string; fault?: Message }>) => {
    const tellNew = onceEach(tell);
    return repeat(VOUCH_MS, async () => tellNew((await ask()).fault ?? null));
  };
  return [
    repeat(
      VOUCH_MS,
      onceDone(() => setWitnesses(db, witnesses)),
    ),
    ...witnesses.map((witness) => asked(() => witnessCheckpoint(db, witness))),
    ...authorities.map((authority) => asked(() => timestampCheckpoint({ db, keys }, authority))),
  ];
}

/** Until it succeeds: the database may be away when we start. */
function onceDone(work: () => Promise<unknown>) {
  let isDone = false;
  return async () => {
    if (isDone) return;
    await work();
    isDone = true;
  };
}

/** What does not succeed is told once, and not every half second. */
function onceEach(tell: Options["tell"]) {
  let told: string | null = null;
  return (fault: Message | null) => {
    const saying = fault && JSON.stringify(fault);
    if (fault !== null && saying !== told) tell(fault);
    told = saying;
  };
}
