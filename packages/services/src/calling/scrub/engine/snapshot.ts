import { z } from "zod";
import { type OrganizationId, RegistryId } from "@ringfence/core/ids";
import { type NumberSet, createNumberSet } from "@ringfence/core/do-not-call/registry";
import type { IdIndex } from "@ringfence/core/calling/scrub";
import { listDatedRegistries, portedRegistry } from "@ringfence/core/calling/screening";
import { addOwnRules } from "@ringfence/core/calling/policy";
import { type RuleBook, listBooks } from "@ringfence/core/people/jurisdiction";
import type { PoolClient } from "pg";
import {
  type FactsSource,
  RegistryHistory,
  type RegistrySettings,
  type Settings,
  StoredSettings,
  callWindowDays,
} from "../../screening/internal.ts";
import {
  type Listings,
  loadAnsweredNumbers,
  loadListings,
  loadNumbers,
} from "./load-registries.ts";
import { loadFactStore } from "./load-facts.ts";
import type { FactStore } from "./fact-store.ts";
import { loadLawByHash, readRuleSetText } from "../../../people/jurisdiction/internal.ts";
import { loadPolicies, readPolicyTexts } from "../../policy/internal.ts";
import { withSharedSnapshot } from "../../../platform/internal.ts";

/** A registry as it stood at the instant of a scrub. */
export type ScrubRegistry = {
  id: RegistryId;
  numbers: NumberSet;
  /** The areas (ten million numbers each) for which it answers; null for all. */
  areas: ReadonlySet<number> | null;
  /** Numbers about which it has answered, if it only answers questions; null if it publishes a list. */
  answered: NumberSet | null;
  /** Null if the day of a listing does not matter. */
  listings: Listings | null;
};

/** All facts by which a scrub screens, at one instant, so that no row sees something newer than another. */
export type ScrubSnapshot = {
  organizationId: OrganizationId;
  /** The instant of the verdicts. */
  at: Date;
  /** True if the scrub names an instant, past or future: it is a what-if. */
  isWhatIf: boolean;
  settings: Settings;
  /** Generation of the master key to which the hashes of erased numbers are chained. */
  keyGeneration: number;
  /**
   * The state of each registry at the instant of a what-if; null for a scrub of now. Whether it lists a number is for
   * `toFactsRow` to fill in.
   */
  history: Record<RegistryId, RegistryHistory> | null;
  /** The organization's own facts about its phones. */
  own: FactStore;
  /** In the order of the settings' registries. */
  registries: readonly ScrubRegistry[];
};

/**
 * Reads the snapshot and the indexes of phones by id, over two connections that see the same state of the database.
 * Without an instant, the verdicts are of the start of the transaction.
 */
export const readSnapshot = (
  { db, keys }: FactsSource,
  organizationId: OrganizationId,
  instant: Date | null,
): Promise<ScrubSnapshot & { ids: IdIndex }> =>
  withSharedSnapshot(db, async (first, second) => {
    const { at, settings, keyGeneration, history } = await readSettings(
      first,
      organizationId,
      instant,
    );
    const { own, ids, registries } = await loadFactStore(
      first,
      second,
      { organizationId, at, callWindowDays, keys, books: listSettingsBooks(settings) },
      (client) => loadRegistries(client, { organizationId, at, settings, history }),
    );
    const isWhatIf = instant !== null;
    const read = { organizationId, at, isWhatIf, settings, keyGeneration, history };
    return { ...read, own, ids, registries };
  });

const SettingsRow = z.object({
  at: z.date(),
  settings: StoredSettings.nullable(),
  keyGeneration: z.int(),
  history: z.record(RegistryId, RegistryHistory).nullable(),
});

async function readSettings(
  client: PoolClient,
  organizationId: OrganizationId,
  instant: Date | null,
): Promise<Pick<ScrubSnapshot, "at" | "settings" | "keyGeneration" | "history">> {
  const { rows } = await client.query(
    `SELECT at, screening_settings($1, at) AS settings,
       phone_key_generation() AS "keyGeneration",
       CASE WHEN $2::timestamptz IS NOT NULL THEN registry_history($1, 0, 0, at, '{}') END AS history
     FROM (SELECT coalesce($2::timestamptz, now()) AS at) clock`,
    [organizationId, instant],
  );
  const { settings, ...row } = SettingsRow.parse(rows[0]);
  if (settings === null) throw new Error(`no organization ${organizationId}`);
  const law = await loadLawByHash(settings.ruleSet, readRuleSetText(client));
  const policies = await loadPolicies(settings.policies ?? [], readPolicyTexts(client));
  return { ...row, settings: { ...settings, law, policies } };
}

/** Lists the books of law, and each with the rules of every policy in force. */
const listSettingsBooks = ({ law, policies }: Settings): readonly RuleBook[] =>
  policies.length === 0 ? listBooks(law) : [...listBooks(law), addOwnRules(law.book, policies)];

type RegistryContext = Pick<ScrubSnapshot, "organizationId" | "at" | "settings" | "history">;

async function loadRegistries(
  client: PoolClient,
  context: RegistryContext,
): Promise<ScrubRegistry[]> {
  const loaded: ScrubRegistry[] = [];
  for (const registry of context.settings.registries ?? []) {
    loaded.push(await loadRegistry(client, context, registry));
  }
  return loaded;
}

async function loadRegistry(
  client: PoolClient,
  { organizationId, at, history, settings }: RegistryContext,
  { id, code, areas, edition: current }: RegistrySettings,
): Promise<ScrubRegistry> {
  const edition = history === null ? current : history[id]?.edition;
  const answersFor = areas && new Set(areas);
  // Before its first edition, a registry says nothing about any number.
  const silent = { id, areas: answersFor, answered: null, listings: null };
  if (edition === undefined) return { ...silent, numbers: createNumberSet() };

  const which = { organizationId, registryId: id, edition };
  const answered = await loadAnsweredNumbers(client, { organizationId, registryId: id, at });
  const numbers = await loadNumbers(client, which);
  const isDated = listBooks(settings.law).some((book) => listDatedRegistries(book).includes(code));
  const listings = isDated ? await loadListings(client, which, code === portedRegistry) : null;
  return { ...silent, numbers, answered, listings };
}
