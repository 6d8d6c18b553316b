import { LawDocument, lawDocument } from "@ringfence/core/people/jurisdiction";
import { installBundledLaw, installLaw, lockLaw } from "../src/people/jurisdiction/install-law.ts";
import { db, keys } from "./scenes.ts";

/**
 * Puts the law of the program in force, and then that law after a change. The law belongs to the installation: call
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

/** Finds the rules of a place in a law. */
export function findRulesOf(
  law: LawDocument,
  place: string,
): LawDocument["jurisdictions"][number]["rules"] {
  const found = law.jurisdictions.find(({ id }) => id === place);
  if (found === undefined) throw new Error(`no place ${place}`);
  return found.rules;
}

/** Forgets every law that was put in force. Other tests of this process expect that of the program. */
export const removeInstalledLaws = () =>
  db.pool.query(`
    BEGIN;
    ALTER TABLE installed_law DISABLE TRIGGER append_only;
    DELETE FROM organization_law;
    DELETE FROM installed_law;
    ALTER TABLE installed_law ENABLE TRIGGER append_only;
    COMMIT`);
