import "../src/handlers.ts";
import type { Actor, Role } from "@ringfence/core/platform/access";
import type { RecordConsent } from "@ringfence/core/consents/consent";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, aNumber, anOrganization } from "@ringfence/db/testing";
import type { RootContext } from "../src/platform/context.ts";
import { keysIn } from "./keys.ts";

/**
 * One database for all test files of a process, which run one after another. A test that looks beyond its
 * organization opens its own.
 */
export const db = openDb(await aDatabase());
export const keys = keysIn(aFolder());

export const officer: Actor = {
  type: "member",
  id: "ada",
  role: "officer",
  sellerIds: [],
  isProven: true,
};

/** Context of an officer, or another actor, in a new organization. */
export const aContext = async (actor: Actor = officer): Promise<RootContext> => ({
  db,
  keys,
  organizationId: await anOrganization(db),
  actor,
});

/** The same organization, on behalf of a member with this role. */
export const as = (ctx: RootContext, role: Role): RootContext => ({
  ...ctx,
  actor: { type: "member", id: "bob", role, sellerIds: [], isProven: true },
});

/** A consent to calls by an agent, as a website form gives it. */
export const aConsent = (more: Partial<RecordConsent> = {}): RecordConsent => ({
  phone: aNumber(),
  purposes: ["marketing"],
  channels: ["voice_live"],
  source: "website_form",
  disclosure: { text: "Acme may call me about its offers.", language: "en" },
  obtainedAt: new Date("2026-01-05T10:00:00Z"),
  evidence: { act: "ticked" },
  ...more,
});
