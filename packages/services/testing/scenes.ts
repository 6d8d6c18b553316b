import type { Actor } from "@ringfence/core/access";
import { anOrganization, openTestDb } from "@ringfence/db/testing";
import type { RootContext } from "../src/context.ts";

export const db = await openTestDb();

export const officer: Actor = { type: "member", id: "ada", role: "officer", sellerIds: [] };

/** An officer, or another actor, of an organization that nobody else has. */
export const aContext = async (actor: Actor = officer): Promise<RootContext> => ({
  db,
  organizationId: await anOrganization(db),
  actor,
});
