import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Actor } from "@ringfence/core/access";
import { anOrganization, openTestDb } from "@ringfence/db/testing";
import { afterAll } from "vitest";
import type { RootContext } from "../src/context.ts";
import { openKeys } from "../src/keys/open-keys.ts";

export const db = await openTestDb();

const keyFolder = mkdtempSync(path.join(tmpdir(), "ringfence-keys-"));
afterAll(() => rmSync(keyFolder, { recursive: true }));
export const keys = openKeys(keyFolder);

export const officer: Actor = { type: "member", id: "ada", role: "officer", sellerIds: [] };

/** An officer, or another actor, of an organization that nobody else has. */
export const aContext = async (actor: Actor = officer): Promise<RootContext> => ({
  db,
  keys,
  organizationId: await anOrganization(db),
  actor,
});
