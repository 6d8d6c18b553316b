import type { OrganizationId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import {
  type FactsSource,
  readFacts,
  readFactsShared,
} from "@ringfence/services/calling/screening/read-facts";
import { measureMs } from "./bench.ts";

const concurrency = 64;

/** Measures facts per second for this many concurrent readers, sharing statements or not. */
export async function measureReads(
  source: FactsSource,
  organizationId: OrganizationId,
  phones: readonly Phone[],
  isShared: boolean,
): Promise<number> {
  const asks = phones.map((phone) => ({ organizationId, phone, phoneKey: null, at: null }));
  const waiting = asks.values();
  const ask = async () => {
    for (const one of waiting) {
      if (isShared) await readFactsShared(source, one);
      else await readFacts(source, [one]);
    }
  };
  const ms = await measureMs(() => Promise.all(Array.from({ length: concurrency }, ask)));
  return Math.round((asks.length / ms) * 1_000);
}
