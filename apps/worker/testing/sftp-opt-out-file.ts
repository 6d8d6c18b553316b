import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SftpSettings } from "@ringfence/core/do-not-call/endpoint";
import type { Phone } from "@ringfence/core/people/phone";
import { aNumber, aPhone, anOrganization, openTestDb } from "@ringfence/db/testing";
import { connectDialer } from "@ringfence/services/do-not-call/endpoint";
import type { RootContext } from "@ringfence/services/context";
import { openFiles } from "@ringfence/services/platform/files";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { connectRegistry } from "@ringfence/services/do-not-call/registry";
import { deliverWebhooks } from "../src/jobs/do-not-call/deliver-webhooks.ts";
import { syncRegistry } from "../src/jobs/do-not-call/sync-registry.ts";
import { aFolder } from "./folder.ts";
import { noMessages } from "./no-messages.ts";
import { someKeys } from "./registry.ts";
import { anSshServer, sshd } from "./ssh-server.ts";

const db = await openTestDb();

/** Publishes the phones as an edition that is in force at once. */
async function publishEdition(ctx: RootContext, phones: readonly string[]) {
  const folder = await aFolder();
  const lines = phones.map((phone) => `${phone.slice(2, 5)},${phone.slice(5)}\n`);
  await writeFile(path.join(folder, "818.txt"), lines.join(""));
  const source = { kind: "folder", path: "." } as const;
  const { organizationId } = ctx;
  const { runId } = await connectRegistry(ctx, {
    code: "US-FTC-DNC",
    name: "National Do Not Call Registry",
    format: { reader: "us-dnc" },
    source,
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  });
  await syncRegistry.perform(
    { organizationId, runId },
    {
      db,
      keys: ctx.keys,
      files: openFiles(folder),
      sources: { registriesFolder: folder, privateHosts: [] },
      worker: "a",
      ...noMessages,
      signal: new AbortController().signal,
    },
  );
}

type Scene = Partial<SftpSettings> & {
  every?: "change" | "hour";
  privateHosts?: string[];
  mostKiB?: number;
};

/** An organization whose opt-outs go to a real OpenSSH server, and the worker that sends them. */
export async function anSftpOptOutFile({
  every = "change",
  privateHosts,
  mostKiB,
  ...more
}: Scene = {}) {
  const organizationId = await anOrganization(db);
  const { key, otherKey: _, stop: __, ...server } = await anSshServer(sshd ?? "", { mostKiB });
  const folder = await aFolder();
  const list = path.join(folder, "stop.csv");
  const keys = someKeys();
  const actor = {
    type: "member",
    id: "eve",
    role: "owner",
    sellerIds: [],
    isProven: true,
  } as const;
  const ctx = { db, keys, organizationId, actor };
  const refuse = (phone = aNumber(), scope = {}) =>
    recordOptOut(ctx, { phone, channel: "agent", scope });
  const connect = async () => {
    const settings = { ...server, secret: key, content: "list", path: list, ...more } as const;
    const { id } = await connectDialer(ctx, {
      dialer: { kind: "sftp", name: "Files", every, settings },
      reason: "The dialer keeps its own list.",
    });
    return id;
  };
  const tools = {
    db,
    keys,
    files: openFiles(await aFolder()),
    sources: { registriesFolder: null, privateHosts: privateHosts ?? [server.host] },
    worker: "a",
    ...noMessages,
    signal: new AbortController().signal,
  };
  const deliveries = () =>
    db.prisma.delivery.findMany({ where: { organizationId }, orderBy: { id: "asc" } });
  return {
    folder,
    list,
    server,
    refuse,
    connect,
    tell: async () => {
      const { id: endpointId } = await db.prisma.endpoint.findFirstOrThrow({
        where: { organizationId },
      });
      return deliverWebhooks.perform({ organizationId, endpointId }, tools);
    },
    deliveries,
    /** Makes waiting deliveries due in this many milliseconds. */
    dueIn: (ms: number) =>
      db.prisma.delivery.updateMany({
        where: { organizationId, status: "pending" },
        data: { dueAt: new Date(Date.now() + ms) },
      }),
    faults: async () => (await deliveries()).map(({ outcome }) => outcome),
    /** An edition of the US registry with these numbers. */
    publishList: (phones: readonly string[]) => publishEdition(ctx, phones),
    readLines: async (file: string) => (await readFile(file, "utf8")).trimEnd().split("\r\n"),
    tieTo: async (phone: Phone, other: Phone) => {
      const phoneId = await aPhone(db, organizationId, { e164: phone });
      const where = { organizationId, phoneId };
      const { contactId } = await db.prisma.contactPhone.findFirstOrThrow({ where });
      const { id } = await db.prisma.phone.create({ data: { organizationId, e164: other } });
      await db.prisma.contactPhone.create({ data: { organizationId, contactId, phoneId: id } });
    },
  };
}
