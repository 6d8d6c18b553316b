import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { withConnection } from "@ringfence/db/postgres";
import { toAcrossUrl } from "@ringfence/db/service-role";
import { openLogSigner, signCheckpoint } from "@ringfence/services/proof/ledger";
import { keysIn } from "@ringfence/services/testing/keys";
import { ledgerOrigin, startAppHosts } from "./app-host.ts";
import { database, databaseHosts, startDatabaseHost } from "./database-host.ts";
import { waitForApp, waitForServer, waitForStandbys } from "./health.ts";
import { createHost, makeFolder, unmountDisks } from "./host.ts";
import { createBridge, network, removeNetwork } from "./network.ts";
import { proxyPorts, startProxy } from "./proxy.ts";

/** The host of the operator, who reaches the database through a proxy like everybody else. */
const desk = { name: "desk", address: `${network}.41` };
const deskProxy = `${desk.address}:${proxyPorts.direct}`;

type ClusterOptions = {
  folder: string;
  /** False plants a fault: changes are acknowledged before another host has them. */
  isSynchronous?: boolean;
  /** Tells what is going on. */
  report: (line: string) => void;
};

/** Starts a cluster of several hosts on this machine, and waits until it works. */
export async function startCluster({ folder, isSynchronous = true, report }: ClusterOptions) {
  removeCluster(folder);
  makeFolder(folder);
  createBridge();
  report("starting three hosts with etcd, Patroni, PostgreSQL and PgBouncer");
  const access = createAccess();
  const databases = [...databaseHosts.keys()].map((name) =>
    startDatabaseHost(name, { folder, isSynchronous, ...access }),
  );
  const deskHost = createHost({ ...desk, folder });
  startProxy(deskHost, desk.address);
  await waitForServer(access.toUrl("postgres", deskProxy, "postgres"));
  await waitForStandbys(isSynchronous);

  report("creating the database");
  const ownerUrl = access.toUrl("ringfence_owner", deskProxy);
  const url = access.toUrl("ringfence", deskProxy);
  await createOwner(access.toUrl("postgres", deskProxy, "postgres"), ownerUrl);
  await migrate({ ownerUrl, url });
  const db = openDb(url, toAcrossUrl(url));
  const keyFolder = path.join(folder, "keys");
  const filesFolder = path.join(folder, "files");
  mkdirSync(filesFolder);
  keysIn(keyFolder);
  // Both signers begin with the key and the memory of the first checkpoint.
  await signCheckpoint(await openLogSigner({ db, origin: ledgerOrigin, keyFolder }));

  report("starting two APIs and two workers");
  const toUrl = (proxy: string) => access.toUrl("ringfence", proxy);
  const settings = { folder, keyFolder, filesFolder, toUrl };
  const apis = startAppHosts("api", settings);
  const workers = startAppHosts("worker", settings);
  await Promise.all([...apis, ...workers].map(({ origin }) => waitForApp(origin)));
  return {
    db,
    ownerUrl,
    databases,
    apis,
    workers,
    desk,
    origins: apis.map(({ origin }) => origin),
    /** Ends all hosts and removes their data. The logs stay until the next start. */
    async stop() {
      for (const host of [...databases, deskHost, ...apis, ...workers]) host.stop();
      await db.close();
      removeHosts(folder);
    },
  };
}

/** Removes a cluster, its data and its logs, also one that a killed run left behind. */
export function removeCluster(folder: string) {
  removeNetwork();
  unmountDisks(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Removes a cluster and its data. What its programs logged stays in the folder. */
export function removeHosts(folder: string) {
  removeNetwork();
  unmountDisks(folder);
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (!name.endsWith(".log")) rmSync(path.join(folder, name), { recursive: true });
}

/** Creates a password for each role, and says which roles come through PgBouncer. */
function createAccess() {
  const roles = ["postgres", "replication", "ringfence_owner", "ringfence"] as const;
  const passwords = new Map(
    roles.map((role) => [role, randomBytes(24).toString("base64url")] as const),
  );
  const findPassword = (role: (typeof roles)[number]) => passwords.get(role) ?? "";
  const toUrl = (role: (typeof roles)[number], at: string, name: string = database) =>
    `postgresql://${role}:${findPassword(role)}@${at}/${name}`;
  const url = toUrl("ringfence", deskProxy);
  const pooled = [url, toAcrossUrl(url)].map((each) => new URL(each));
  return {
    toUrl,
    passwords: {
      superuser: findPassword("postgres"),
      replication: findPassword("replication"),
    },
    pooledRoles: new Map(pooled.map(({ username, password }) => [username, password])),
  };
}

/** Creates the role that owns the tables, which is no superuser, and its database. */
async function createOwner(superuserUrl: string, ownerUrl: string) {
  const { username, password } = new URL(ownerUrl);
  await withConnection(superuserUrl, async (client) => {
    const [role, secret] = [client.escapeIdentifier(username), client.escapeLiteral(password)];
    await client.query(`CREATE ROLE ${role} LOGIN CREATEROLE PASSWORD ${secret}`);
    await client.query(`CREATE DATABASE ${database} OWNER ${role}`);
  });
}
