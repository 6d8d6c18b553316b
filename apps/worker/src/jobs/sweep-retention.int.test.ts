import { anOrganization, openTestDb } from "@ringfence/db/testing";
import { openFiles } from "@ringfence/services/platform/files";
import { expect, it } from "vitest";
import { aFolder } from "../../testing/folder.ts";
import { someKeys } from "../../testing/registry.ts";
import { noMessages } from "../../testing/no-messages.ts";
import { jobs } from "./jobs.ts";

const db = await openTestDb();

it("deletes what has passed its retention period when the schedule runs it", async () => {
  const organizationId = await anOrganization(db);
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  const answer = { requestHash: Buffer.alloc(32), status: 201, body: "{}", createdAt: twoDaysAgo };
  await db.prisma.apiKey.create({
    data: {
      organizationId,
      name: "Dialer",
      scopes: [],
      secretHash: Buffer.alloc(32),
      createdAt: twoDaysAgo,
      answers: { create: { route: "/v1/opt-outs", key: "k", ...answer } },
      nonces: { create: { nonceHash: Buffer.alloc(32), signedAt: twoDaysAgo } },
    },
  });
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const signIn = { method: "password", isNewNetwork: false };
  await db.prisma.member.create({
    data: {
      organizationId,
      email: "ada@example.com",
      name: "Ada",
      role: "agent",
      passwordHash: "",
      signIns: { create: [181, 179].map((days) => ({ ...signIn, at: daysAgo(days) })) },
    },
  });
  const sources = { registriesFolder: null, privateHosts: [] };
  const signal = new AbortController().signal;
  const files = openFiles(await aFolder());

  for (const sweep of ["retention.sweep", "signature-nonce.sweep"]) {
    const { cron, perform } = jobs.find(({ name }) => name === sweep) ?? {};
    expect(cron).toBeDefined();
    await perform?.(
      {},
      { db, keys: someKeys(), files, sources, worker: "a", signal, ...noMessages },
    );
  }

  expect(await db.prisma.idempotentAnswer.count({ where: { organizationId } })).toBe(0);
  expect(await db.prisma.signatureNonce.count({ where: { organizationId } })).toBe(0);
  expect(await db.prisma.signIn.count({ where: { organizationId } })).toBe(1);
});
