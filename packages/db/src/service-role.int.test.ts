import {
  anOrganization,
  aDatabase,
  asOwner,
  onServer,
  openTestDb,
  toOwnerUrl,
} from "@ringfence/db/testing";
import { expect, inject, it } from "vitest";
import { readRole, toAcrossUrl, waitForAcrossUrl } from "./across-role.ts";
import { openDb } from "./client.ts";
import { migrate } from "./migrate.ts";
import { findExcessPowerOfService, grantServiceAccess } from "./service-role.ts";

const db = await openTestDb();
const { template } = inject("postgres");

it.each([
  "ALTER TABLE opt_out DISABLE TRIGGER append_only",
  "ALTER TABLE opt_out ADD COLUMN more text",
  "DROP TRIGGER append_only ON opt_out",
  "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
  "SET session_replication_role = replica",
  "SET ROLE postgres",
  "CREATE TABLE mine ()",
  "DROP TABLE opt_out CASCADE",
  "DROP SCHEMA public CASCADE",
  "TRUNCATE contact",
  "UPDATE _prisma_migrations SET checksum = ''",
  "DELETE FROM graphile_worker.migrations",
])("does not let the service run %s", async (statement) => {
  await expect(db.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});

it.each(["UPDATE rule_set SET document = ''", "DELETE FROM rule_set"])(
  "keeps what is append-only from the service: %s",
  async (statement) => {
    await db.pool.query(
      `INSERT INTO rule_set (hash, document) VALUES (encode(sha256('{}'), 'hex'), '{}')
       ON CONFLICT DO NOTHING`,
    );
    await expect(db.pool.query(statement)).rejects.toThrow(/append-only/);
  },
);

it("lets the service write rows, and read the queue of jobs", async () => {
  const organizationId = await anOrganization(db);
  await db.pool.query("SELECT graphile_worker.add_job('a job')");
  const jobs = "SELECT FROM graphile_worker._private_jobs";
  expect((await db.pool.query(jobs)).rowCount).toBe(1);
  expect(await db.prisma.organization.count({ where: { id: organizationId } })).toBe(1);
});

it("grants access to a new table at the next start", async () => {
  const later = await openTestDb();
  const url = later.url;
  await asOwner(later, (owner) => owner.query("CREATE TABLE added ()"));
  const added = "SELECT FROM added";
  await expect(later.pool.query(added)).rejects.toMatchObject({ code: "42501" });
  await migrate({ ownerUrl: toOwnerUrl(url), url });
  expect((await later.pool.query(added)).rowCount).toBe(0);
});

it("refuses a service role that is a superuser", async () => {
  const url = await aDatabase();
  const ownerUrl = toOwnerUrl(url);
  const alsoOwner = `${ownerUrl}?application_name=service`;
  await expect(migrate({ ownerUrl, url: alsoOwner })).rejects.toThrow(
    "of DATABASE_URL is a superuser",
  );
  expect(await findExcessPowerOfService(ownerUrl)).toBe("is a superuser");
  expect(await findExcessPowerOfService(url)).toBeNull();
});

it("says how to create the role if the owner may not", async () => {
  const url = new URL(await aDatabase());
  const ownerUrl = url.href;
  url.username = `${template}_nobody`;
  await expect(grantServiceAccess(ownerUrl, url.href)).rejects.toThrow(
    `CREATE ROLE "${template}_nobody" LOGIN`,
  );
});

it("refuses two addresses of different databases, also if both are migrated", async () => {
  const url = await aDatabase();
  const elsewhere = await aDatabase();
  await expect(migrate({ ownerUrl: toOwnerUrl(url), url: elsewhere })).rejects.toThrow(
    /two different databases/,
  );
});

it("says that the service may not migrate", async () => {
  const behind = await openTestDb();
  const url = behind.url;
  await asOwner(behind, (owner) =>
    owner.query("DELETE FROM _prisma_migrations WHERE migration_name > '0321'"),
  );
  await expect(migrate({ ownerUrl: url, url })).rejects.toThrow(/set DATABASE_OWNER_URL/);
});

it("refuses a service role that owns the database, and so the schema with its tables", async () => {
  const owned = await openTestDb();
  const url = owned.url;
  const role = decodeURIComponent(new URL(url).username);
  const name = new URL(url).pathname.slice(1);
  await asOwner(owned, (owner) => owner.query(`ALTER DATABASE ${name} OWNER TO ${role}`));
  expect(await findExcessPowerOfService(url)).toBe("owns the database, or may act as its owner");
  await expect(migrate({ ownerUrl: toOwnerUrl(url), url })).rejects.toThrow("owns the database");
  await asOwner(owned, (owner) => owner.query(`ALTER DATABASE ${name} OWNER TO CURRENT_USER`));
});

it("refuses a service role that may see all organizations without asking", async () => {
  // Roles belong to the whole server: a grant to the role that other tests use would reach them too.
  const own = new URL(await aDatabase());
  own.username = `${template}_member`;
  const url = own.href;
  await migrate({ ownerUrl: toOwnerUrl(url), url });
  const [role, across] = [readRole(url), readRole(toAcrossUrl(url))];
  await onServer(`GRANT ${across} TO ${role}`);
  expect(await findExcessPowerOfService(url)).toBe("sees the rows of all organizations");
  await expect(migrate({ ownerUrl: toOwnerUrl(url), url })).rejects.toThrow("sees the rows of all");
  await onServer(`REVOKE ${across} FROM ${role}`);
  await migrate({ ownerUrl: toOwnerUrl(url), url });
});

it("finds the address for all organizations with the owner's address and without", async () => {
  const { url } = await openTestDb();
  const [ownerUrl, acrossUrl] = [toOwnerUrl(url), toAcrossUrl(url)];
  expect(await migrate({ ownerUrl, url })).toEqual({ url, acrossUrl });
  expect(await migrate({ ownerUrl: url, url })).toEqual({ url, acrossUrl });
  expect(await migrate({ ownerUrl, url: ownerUrl })).toEqual({
    url: ownerUrl,
    acrossUrl: ownerUrl,
  });
});

it("refuses a role for all organizations that may do more than the service needs", async () => {
  const { url } = await openTestDb();
  const ownerUrl = toOwnerUrl(url);
  await expect(migrate({ ownerUrl, url, acrossUrl: ownerUrl })).rejects.toThrow(
    "of DATABASE_ACROSS_URL is a superuser",
  );
  await expect(migrate({ ownerUrl, url, acrossUrl: url })).rejects.toThrow("name the same role");
});

it("never changes the password of a role that the operator named", async () => {
  const { url } = await openTestDb();
  const ownerUrl = toOwnerUrl(url);
  const acrossUrl = new URL(toAcrossUrl(url));
  acrossUrl.password = "mistyped";
  await expect(migrate({ ownerUrl, url, acrossUrl: acrossUrl.href })).rejects.toThrow(
    "DATABASE_ACROSS_URL",
  );
  expect(await migrate({ ownerUrl, url })).toEqual({ url, acrossUrl: toAcrossUrl(url) });
  const db = openDb(url);
  const id = await anOrganization(db);
  expect(await db.prisma.organization.count({ where: { id } })).toBe(1);
  await db.close();
});

it("waits for the policies before it says which role an app needs", async () => {
  const { url } = await openTestDb();
  expect(await waitForAcrossUrl(url)).toBe(toAcrossUrl(url));
  expect(await waitForAcrossUrl(toOwnerUrl(url))).toBe(toOwnerUrl(url));
  const behind = await openTestDb();
  await asOwner(behind, (owner) =>
    owner.query("ALTER TABLE organization DISABLE ROW LEVEL SECURITY"),
  );
  await expect(waitForAcrossUrl(behind.url, { tries: 1 })).rejects.toThrow("not migrated");
});

it("follows a new password of the service", async () => {
  const other = new URL(await aDatabase());
  other.username = `${template}_new`;
  const ownerUrl = toOwnerUrl(other.href);
  await migrate({ ownerUrl, url: other.href });
  other.password = "another";
  await onServer(`ALTER ROLE ${other.username} PASSWORD 'another'`);
  const { url, acrossUrl } = await migrate({ ownerUrl, url: other.href });
  const db = openDb(url, acrossUrl);
  const organizationId = await anOrganization(db);
  expect(await db.prisma.organization.count({ where: { id: organizationId } })).toBe(1);
  await db.close();
});

it("refuses a role whose name is too long to add a suffix to", async () => {
  const url = new URL(await aDatabase());
  url.username = "r".repeat(60);
  await expect(migrate({ ownerUrl: toOwnerUrl(url.href), url: url.href })).rejects.toThrow(
    "has too long a name",
  );
});
