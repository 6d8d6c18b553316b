import { LawDocument, lawDocument } from "@ringfence/core/people/jurisdiction";
import { installBundledLaw, installLaw, lockLaw } from "../src/people/jurisdiction/install-law.ts";
import { asIntruder } from "./ledger.ts";
import { db, keys } from "./scenes.ts";

/**
 * Puts the bundled law in force, and then a changed copy of it. The law belongs to the whole installation, so call
 * `removeInstalledLaws` after the tests.
 */
export async function installChangedLaw(change: (law: LawDocument) => void): Promise<void> {
  await installBundledLaw({ db, keys });
  const law = LawDocument.parse(lawDocument);
  change(law);
  await db.prisma.$transaction(async (transaction) => {
    await lockLaw({ db: transaction });
    await installLaw({ db: transaction, keys }, law, { source: "release" });
  });
}

/** Returns the rules of a place in a law, which the test may change. */
export function requirePlaceRules(
  law: LawDocument,
  place: string,
): LawDocument["jurisdictions"][number]["rules"] {
  const found = law.jurisdictions.find(({ id }) => id === place);
  if (found === undefined) throw new Error(`no place ${place}`);
  return found.rules;
}

/** Removes every law that was put in force, because other tests in this process expect the bundled law. */
export const removeInstalledLaws = () =>
  asIntruder(db, "DELETE FROM organization_law", "DELETE FROM installed_law");
