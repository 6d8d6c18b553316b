import type { PoolClient } from "pg";
import { type CopyRows, copyRows, instantIn, lengthIn, startIn } from "../copy-rows.ts";
import { consentWords, forgedType, needsMac } from "../record/consent-mac.ts";
import { copyId, copyMac, createMacBatch, verifyBatch, writeRest } from "../record/event-mac.ts";
import { addFact, type Loaded, type OwnFacts, placeCounted } from "./own-facts.ts";
import type { CopyQuery, Snapshot } from "./own-queries.ts";
import { phonesIn } from "./phone-in.ts";
import { letterOf } from "./said.ts";
import { saidBy } from "./said-by.ts";

/** What is asked of the consents that say the same. */
type Asked = {
  /** Of what the MAC is; null where none is needed. */
  words: Uint8Array | null;
  /** What it counts as without its MAC; null for nothing. */
  forged: number | null;
};

/** Reads consents as they count: of what opens something, those that our code wrote. */
export async function loadConsents(
  client: PoolClient,
  { query, columns }: CopyQuery,
  { own, ids }: Loaded,
  { organizationId, keys }: Pick<Snapshot, "organizationId" | "keys">,
) {
  const saidIn = saidBy(own, letterOf.consent, 6);
  const known: (Asked | undefined)[] = [];
  const askedOf = (said: number) => (known[said] ??= askedAbout(own, said));

  await copyRows(client, query, columns, (rows) => {
    const phones = phonesIn(ids, rows, 0);
    const saids = new Int32Array(rows.count);
    const places = new Int32Array(rows.count).fill(-1);
    const batch = createMacBatch(rows.count);
    let asked = 0;
    for (let row = 0; row < rows.count; row++) {
      const said = saidIn(rows, row);
      saids[row] = said;
      const { words } = askedOf(said);
      if (words === null) continue;
      copyId(batch, asked, 0, { view: rows.view, at: startIn(rows, row, 5) });
      copyId(batch, asked, 1, { view: rows.view, at: startIn(rows, row, 0) });
      copyMac(batch, asked, {
        bytes: rows.bytes,
        at: startIn(rows, row, 4),
        length: lengthIn(rows, row, 4),
      });
      const until = instantIn(rows, row, 2);
      writeRest(batch, asked, {
        kind: "consent",
        at: instantIn(rows, row, 1),
        until: Number.isNaN(until) ? null : until,
        recordedAt: instantIn(rows, row, 3),
        words,
      });
      places[row] = asked++;
    }
    const verified = verifyBatch(keys, organizationId, batch, asked);
    for (let row = 0; row < rows.count; row++) {
      const [said, place] = [saids[row] ?? 0, places[row] ?? -1];
      const isOurs = place === -1 || verified[place] === 1;
      const counted = isOurs ? said : askedOf(said).forged;
      if (counted !== null) addFact(own, phones[row] ?? -1, factIn(rows, row, counted));
    }
  });
}

const factIn = (rows: CopyRows, row: number, said: number) => ({
  said,
  at: instantIn(rows, row, 1),
  until: instantIn(rows, row, 2),
  recordedAt: instantIn(rows, row, 3),
});

function askedAbout(own: OwnFacts, place: number): Asked {
  const said = own.said[place];
  if (said?.kind !== "consent") throw new Error(`no consent says ${place}`);
  if (!needsMac(said.type)) return { words: null, forged: null };
  const type = forgedType(said.type);
  const text = `${letterOf.consent}without its MAC ${place}`;
  return {
    words: consentWords(said),
    forged: type === null ? null : placeCounted(own, text, { ...said, type }),
  };
}
