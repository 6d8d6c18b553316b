import getPort from "get-port";
import { Client } from "pg";
import { expect, inject, it } from "vitest";
import { withDatabase } from "../../testing/database.ts";
import { checkServer } from "./check-server.ts";

const { base, template } = inject("postgres");

/** The test server's address with something else in it. */
function spoiled(spoil: (url: URL) => void) {
  const url = new URL(withDatabase(base, template));
  spoil(url);
  return url.href;
}

it("accepts a server that is new enough, with or without the database", async () => {
  await expect(checkServer(withDatabase(base, template))).resolves.toBeUndefined();
  await expect(checkServer(withDatabase(base, `${template}_made`))).resolves.toBeUndefined();
  await expect(checkServer(withDatabase(base, `${template}_made`))).resolves.toBeUndefined();
});

it("names the version that is too old", async () => {
  await expect(checkServer(base, { needsMajor: 99 })).rejects.toThrow(
    /is version \d+\.\d+.*: Ringfence needs 99 or newer\.$/,
  );
});

it("says that nothing answers", async () => {
  const port = await getPort();
  const url = spoiled((url) => (url.host = `127.0.0.1:${port}`));
  await expect(checkServer(url)).rejects.toThrow(`Nothing answers at 127.0.0.1:${port}`);
});

it("says that the host cannot be found", async () => {
  const url = spoiled((url) => (url.hostname = "db.invalid"));
  await expect(checkServer(url)).rejects.toThrow(/host db\.invalid:\d+, which cannot be found/);
});

it("says that the password is refused, and does not repeat it", async () => {
  const url = spoiled((url) => (url.password = "hunter2"));
  await expect(checkServer(url)).rejects.toThrow(/refuses the password of “\w+”/);
  await expect(checkServer(url)).rejects.not.toThrow("hunter2");
});

it("says who may not create the database", async () => {
  const role = `${template}_role`;
  const client = new Client({ connectionString: base });
  await client.connect();
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  const url = spoiled((url) => {
    url.username = role;
    url.password = "secret";
    url.pathname = "/missing";
  });
  await expect(checkServer(url)).rejects.toThrow(`“${role}” may not create it`);
  await client.query(`DROP ROLE ${role}`);
  await client.end();
});
