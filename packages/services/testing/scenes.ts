import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Actor } from "@ringfence/core/access";
import { openDb } from "@ringfence/db";
import { anOrganization } from "@ringfence/db/testing";
import { Client } from "pg";
import { inject } from "vitest";
import type { RootContext } from "../src/context.ts";
import { openKeys } from "../src/keys/open-keys.ts";

const { base, template } = inject("postgres");
const name = `test_${process.env.VITEST_POOL_ID}`;

const admin = new Client({ connectionString: `${base}/postgres` });
await admin.connect();
await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
await admin.end();

export const db = openDb(`${base}/${name}`);

export const keys = openKeys(mkdtempSync(path.join(tmpdir(), "ringfence-keys-")));

export const officer: Actor = { type: "member", id: "ada", role: "officer", sellerIds: [] };

/** An officer, or another actor, of an organization that nobody else has. */
export const aContext = async (actor: Actor = officer): Promise<RootContext> => ({
  db,
  keys,
  organizationId: await anOrganization(db),
  actor,
});
